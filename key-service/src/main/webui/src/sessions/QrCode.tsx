import { Paper } from "@mantine/core";
import { QRCodeSVG } from "qrcode.react";

/** Loaded only when it is needed. Dark on white in both colour schemes, because cameras cannot read it otherwise. */
export default function QrCode({ value, title }: { value: string; title: string }) {
  return (
    <Paper bg="white" w="max-content" mx="auto" style={{ lineHeight: 0, overflow: "hidden" }}>
      <QRCodeSVG value={value} size={220} marginSize={4} title={title} />
    </Paper>
  );
}
