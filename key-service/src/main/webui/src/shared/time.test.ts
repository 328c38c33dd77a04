import { expect, test } from "vitest";
import { relativeTime } from "./time";

const NOW = new Date("2026-03-01T12:00:00.000Z");

test("an instant is shown relative to now", () => {
  expect(relativeTime("2026-03-01T11:59:50.000Z", NOW)).toBe("just now");
  expect(relativeTime("2026-03-01T12:00:10.000Z", NOW)).toBe("in a moment");
  expect(relativeTime("2026-03-01T09:00:00.000Z", NOW)).toBe("3 hours ago");
  expect(relativeTime("2026-03-08T12:00:00.000Z", NOW)).toBe("in 7 days");
});
