import { expect, test } from "vitest";
import { dateFault, expiresAt, NEVER, ON_A_DATE } from "./expiry";

const NOW = new Date("2026-03-01T12:00:00.000Z");

test("a key lives for the days that were chosen, counted from now", () => {
  expect(expiresAt("30", "", NOW)).toBe("2026-03-31T12:00:00.000Z");
});

test("a key that never expires has no moment of expiry", () => {
  expect(expiresAt(NEVER, "2026-03-02T12:00", NOW)).toBeNull();
});

test("a date is taken as local time", () => {
  expect(expiresAt(ON_A_DATE, "2026-03-02T08:30", NOW)).toBe(new Date(2026, 2, 2, 8, 30).toISOString());
});

test("a date must be there and in the future, but only if a date was chosen", () => {
  expect(dateFault(ON_A_DATE, "", NOW)).toBe("Choose a date and time");
  expect(dateFault(ON_A_DATE, "2025-01-01T00:00", NOW)).toBe("Choose a time in the future");
  expect(dateFault(ON_A_DATE, "2027-01-01T00:00", NOW)).toBeNull();
  expect(dateFault("30", "", NOW)).toBeNull();
});
