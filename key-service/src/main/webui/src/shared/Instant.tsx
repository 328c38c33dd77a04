import { dateAndTime, relativeTime } from "./time";

/** A relative time, with the exact time as its tooltip. */
export function Instant({ at }: { at: string }) {
  return (
    <time dateTime={at} title={dateAndTime(at)} style={{ whiteSpace: "nowrap" }}>
      {relativeTime(at, new Date())}
    </time>
  );
}
