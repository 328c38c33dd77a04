import { expect, test } from "vitest";
import type { ApiKey } from "../api/types";
import { draftOf, editOf, EMPTY, issueOf, windowName } from "./draft";

const NOW = new Date("2026-03-01T12:00:00.000Z");

const KEY: ApiKey = {
  id: "0199a0b0-0000-7000-8000-000000000001",
  version: 3,
  name: "Orders",
  type: "scoped",
  environment: "test",
  permissions: ["emails:send"],
  allowed_domains: ["shop.example"],
  allowed_ips: ["192.0.2.0/24"],
  allowed_endpoints: ["POST /v1/emails"],
  rate_limit: { limit: 5, window_seconds: 90 },
  sending_limit: { total: null, per_day: 100, per_month: null },
  hint: "sk_test_…abcd",
  state: "active",
  rate_limit_shared_with: null,
  sending_limit_shared_with: null,
  owner_id: "0199a0b0-0000-7000-8000-0000000000aa",
  created_by: "0199a0b0-0000-7000-8000-0000000000aa",
  created_at: "2026-03-01T12:00:00.000Z",
  expires_at: "2026-04-01T12:34:56.789Z",
  revoked_at: null,
  revoked_reason: null,
  rotation_ends_at: null,
  last_used_at: null,
  last_used_ip: null,
  usage_status: "never_used",
};

test("a key that was not changed stays the same", () => {
  const { name, permissions, allowed_domains, allowed_ips, allowed_endpoints } = KEY;
  const { rate_limit, sending_limit, expires_at } = KEY;

  expect(editOf(draftOf(KEY), NOW)).toEqual({
    name,
    permissions,
    allowed_domains,
    allowed_ips,
    allowed_endpoints,
    rate_limit,
    sending_limit,
    expires_at,
  });
});

test("empty fields mean no limit", () => {
  expect(issueOf({ ...EMPTY, name: " Orders " }, NOW)).toMatchObject({
    name: "Orders",
    type: "scoped",
    environment: "live",
    rate_limit: null,
    sending_limit: null,
    expires_at: null,
  });
});

test("a key with full access names no permissions", () => {
  expect(issueOf({ ...EMPTY, fullAccess: true }, NOW)).not.toHaveProperty("permissions");
  expect(editOf({ ...EMPTY, fullAccess: true }, NOW)).not.toHaveProperty("permissions");
});

test("windows have readable labels", () => {
  expect(windowName(60)).toBe("minute");
  expect(windowName(90)).toBe("90 seconds");
});
