import { expect, test } from "vitest";
import { dateError, expiresAt, NEVER, ON_A_DATE } from "./expiry";

const NOW = new Date("2026-03-01T12:00:00.000Z");

test("a key expires after the chosen number of days", () => {
  expect(expiresAt("30", "", NOW)).toBe("2026-03-31T12:00:00.000Z");
});

test("a key that never expires has no expiry time", () => {
  expect(expiresAt(NEVER, "2026-03-02T12:00", NOW)).toBeNull();
});

test("a date is taken as local time", () => {
  expect(expiresAt(ON_A_DATE, "2026-03-02T08:30", NOW)).toBe(new Date(2026, 2, 2, 8, 30).toISOString());
});

test("a date is required and must be in the future, but only if expiry on a date was chosen", () => {
  expect(dateError(ON_A_DATE, "", NOW)).toBe("Choose a date and time");
  expect(dateError(ON_A_DATE, "2025-01-01T00:00", NOW)).toBe("Choose a time in the future");
  expect(dateError(ON_A_DATE, "2027-01-01T00:00", NOW)).toBeNull();
  expect(dateError("30", "", NOW)).toBeNull();
});
