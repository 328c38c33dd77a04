import { expect, test } from "vitest";
import { isNew, isRecent, buckets } from "./usage";

const NOW = new Date("2026-03-01T12:34:00.000Z");

test("the endpoints of an hour are added up, and hours without requests are included", () => {
  const found = buckets(
    [
      { start: "2026-03-01T12:00:00.000Z", requests: 3, success: 2, refused: 1, failed: 0 },
      { start: "2026-03-01T12:00:00.000Z", requests: 1, success: 0, refused: 0, failed: 1 },
    ],
    "hour",
    NOW,
  );

  expect(found).toHaveLength(25);
  expect(found.at(-1)).toEqual({ start: "2026-03-01T12:00:00.000Z", requests: 4, success: 2, refused: 1, failed: 1 });
  expect(found[0]).toEqual({ start: "2026-02-28T12:00:00.000Z", requests: 0, success: 0, refused: 0, failed: 0 });
});

test("days are UTC days", () => {
  const found = buckets([], "day", NOW);

  expect(found).toHaveLength(31);
  expect(found.at(-1)?.start).toBe("2026-03-01T00:00:00.000Z");
});

test("a network is new for a week, unless the key was first used there", () => {
  const seen = (at: string) => ({ network: "192.0.2.0/24", first_seen_at: at, last_seen_at: at });

  expect(isNew(seen("2026-02-28T12:00:00.000Z"), "2026-01-01T00:00:00.000Z", NOW)).toBe(true);
  expect(isNew(seen("2026-02-20T12:00:00.000Z"), "2026-01-01T00:00:00.000Z", NOW)).toBe(false);
  expect(isNew(seen("2026-02-28T12:00:30.000Z"), "2026-02-28T12:00:00.000Z", NOW)).toBe(false);
  expect(isNew(seen("2026-02-28T12:00:00.000Z"), null, NOW)).toBe(false);
});

test("what never happened is not recent", () => {
  expect(isRecent(null, NOW)).toBe(false);
  expect(isRecent("2026-03-01T12:00:00.000Z", NOW)).toBe(true);
});
