import { expect, test } from "vitest";
import { actionOf, changesOf } from "./changes";

test("an action has a readable label", () => {
  expect(actionOf("api_key.rotation_ended")).toBe("API key: rotation ended");
  expect(actionOf("domain.verification_requested")).toBe("Domain: verification requested");
  expect(actionOf("member.second_factor_enabled")).toBe("Member: two-factor authentication enabled");
  expect(actionOf("something")).toBe("Something");
});

test("only what changed is listed", () => {
  const changes = changesOf({
    before: { name: "Orders", permissions: ["emails:send", "emails:read"], rate_limit: null },
    after: { name: "Orders", permissions: [], rate_limit: { limit: 5, window_seconds: 60 } },
  });

  expect(changes).toEqual([
    { name: "permissions", before: "emails:send, emails:read", after: null },
    { name: "rate_limit", before: null, after: '{"limit":5,"window_seconds":60}' },
  ]);
});

test("a number is shown as a number", () => {
  expect(changesOf({ before: null, after: { recovery_codes_left: 9 } })).toEqual([
    { name: "recovery_codes_left", before: null, after: "9" },
  ]);
});

test("a created target has no values before", () => {
  expect(changesOf({ before: null, after: { name: "Orders" } })).toEqual([
    { name: "name", before: null, after: "Orders" },
  ]);
});
