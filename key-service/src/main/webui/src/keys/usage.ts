import type { KeyUsage, SeenNetwork, UsageCounts } from "../api/types";

export type Granularity = "hour" | "day";

/** The counts of an hour or a day, over all endpoints. */
export interface Bucket extends UsageCounts {
  readonly start: string;
}

const HOUR = 3_600_000;
const BUCKET_MILLIS: Readonly<Record<Granularity, number>> = { hour: HOUR, day: 24 * HOUR };
const BUCKET_COUNTS: Readonly<Record<Granularity, number>> = { hour: 25, day: 31 };

/** How long something is highlighted as new. */
const RECENT = 7 * 24 * HOUR;

export function isRecent(at: string | null, now: Date): at is string {
  return at !== null && now.getTime() - Date.parse(at) < RECENT;
}

/** Whether a key was first used from this network recently. The networks of the key's first hour of use are not new. */
export function isNew(network: SeenNetwork, firstUsedAt: string | null, now: Date): boolean {
  const seen = network.first_seen_at;
  return isRecent(seen, now) && firstUsedAt !== null && Date.parse(seen) - Date.parse(firstUsedAt) > HOUR;
}

/** Every hour or day up to now, also those without requests, the oldest first. */
export function buckets(data: KeyUsage["data"], granularity: Granularity, now: Date): Bucket[] {
  const length = BUCKET_MILLIS[granularity];
  const last = Math.floor(now.getTime() / length) * length;
  return Array.from({ length: BUCKET_COUNTS[granularity] }, (_, index) => {
    const start = last - (BUCKET_COUNTS[granularity] - 1 - index) * length;
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
