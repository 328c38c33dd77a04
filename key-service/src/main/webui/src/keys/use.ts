import type { KeyUsage, UsageCounts } from "../api/types";

export type Granularity = "hour" | "day";

/** What was counted in an hour or a day, over all endpoints. */
export interface Span extends UsageCounts {
  readonly start: string;
}

const HOUR = 3_600_000;
const LENGTHS: Readonly<Record<Granularity, number>> = { hour: HOUR, day: 24 * HOUR };
const COUNTS: Readonly<Record<Granularity, number>> = { hour: 25, day: 31 };

/** Every hour or day up to now, also those without requests, the oldest first. */
export function spans(data: KeyUsage["data"], granularity: Granularity, now: Date): Span[] {
  const length = LENGTHS[granularity];
  const last = Math.floor(now.getTime() / length) * length;
  return Array.from({ length: COUNTS[granularity] }, (_, index) => {
    const start = last - (COUNTS[granularity] - 1 - index) * length;
    const within = data.filter((entry) => Date.parse(entry.start) === start);
    const sum = (count: keyof UsageCounts) => within.reduce((total, entry) => total + entry[count], 0);
    return {
      start: new Date(start).toISOString(),
      requests: sum("requests"),
      success: sum("success"),
      refused: sum("refused"),
      failed: sum("failed"),
    };
  });
}
