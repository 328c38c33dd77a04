import { dateAndTime, relativeTime } from "./time";

/** A moment as people speak of it, with the exact one for those who point at it. */
export function Instant({ at }: { at: string }) {
  return (
    <time dateTime={at} title={dateAndTime(at)} style={{ whiteSpace: "nowrap" }}>
      {relativeTime(at, new Date())}
    </time>
  );
}
