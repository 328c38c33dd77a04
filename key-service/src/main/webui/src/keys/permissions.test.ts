import { expect, test } from "vitest";
import { CUSTOM, groupByResource, presetOf, summary } from "./permissions";

const PRESETS = [
  { name: "sending_access", permissions: ["emails:send"] },
  { name: "read_only", permissions: ["emails:read", "api_keys:read"] },
];

test("permissions are grouped by resource, in the catalogue's order", () => {
  const groups = groupByResource([
    { name: "emails:send", description: "Send email" },
    { name: "api_keys:read", description: "Read API keys" },
    { name: "emails:read", description: "Read emails" },
  ]);

  expect(groups.map(({ label }) => label)).toEqual(["Emails", "API keys"]);
  expect(groups[0]?.permissions.map(({ name }) => name)).toEqual(["emails:send", "emails:read"]);
});

test("a choice is a preset only if its permissions are exactly those of the preset", () => {
  expect(presetOf(["api_keys:read", "emails:read"], PRESETS)).toBe("read_only");
  expect(presetOf(["emails:read"], PRESETS)).toBe(CUSTOM);
  expect(presetOf(["emails:read", "emails:send"], PRESETS)).toBe(CUSTOM);
  expect(presetOf([], PRESETS)).toBe(CUSTOM);
});

test("a permission chosen twice counts once", () => {
  expect(presetOf(["emails:send", "emails:send"], PRESETS)).toBe("sending_access");
});

test("a key's permissions are summarised by resource", () => {
  expect(summary(["emails:send", "emails:read", "api_keys:read"])).toBe("Emails: send, read · API keys: read");
});
