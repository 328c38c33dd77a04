import { Paper } from "@mantine/core";
import { QRCodeSVG } from "qrcode.react";

/** Loaded by the few who need it only. Dark on white in either appearance: that is what cameras read. */
export default function QrCode({ value, title }: { value: string; title: string }) {
  return (
    <Paper bg="white" w="max-content" mx="auto" style={{ lineHeight: 0, overflow: "hidden" }}>
      <QRCodeSVG value={value} size={220} marginSize={4} title={title} />
    </Paper>
  );
}
