import { expect, test } from "vitest";
import type { IssuedKey } from "../api/types";
import { curlFor } from "./curl";

const ORIGIN = "https://sendex.example";

function aKey(members: Partial<IssuedKey> = {}): IssuedKey {
  return {
    id: "0199a0b0-0000-7000-8000-000000000001",
    name: "Orders",
    type: "scoped",
    environment: "live",
    permissions: ["emails:send"],
    allowed_domains: [],
    allowed_ips: [],
    allowed_endpoints: [],
    rate_limit: null,
    sending_limit: null,
    version: 1,
    hint: "sk_live_…abcd",
    state: "active",
    rate_limit_shared_with: null,
    sending_limit_shared_with: null,
    owner_id: "0199a0b0-0000-7000-8000-0000000000aa",
    created_by: "0199a0b0-0000-7000-8000-0000000000aa",
    created_at: "2026-03-01T12:00:00.000Z",
    expires_at: null,
    revoked_at: null,
    revoked_reason: null,
    rotation_ends_at: null,
    last_used_at: null,
    last_used_ip: null,
    usage_status: "never_used",
    token: "sk_live_token",
    ...members,
  };
}

test("the command of a key that may send sends from a verified domain", () => {
  const curl = curlFor(ORIGIN, aKey(), ["shop.example"]);

  expect(curl).toContain(`curl -X POST ${ORIGIN}/v1/emails`);
  expect(curl).toContain('"Authorization: Bearer sk_live_token"');
  expect(curl).toContain('"from":"hello@shop.example"');
});

test("the sender's domain is one that the key allows", () => {
  const restricted = aKey({ allowed_domains: ["*.shop.example"] });

  expect(curlFor(ORIGIN, restricted, ["other.example", "mail.shop.example"])).toContain("hello@mail.shop.example");
  expect(curlFor(ORIGIN, restricted, ["shop.example"])).toContain("hello@mail.shop.example");
  expect(curlFor(ORIGIN, aKey({ allowed_domains: ["a.example"] }), ["b.example"])).toContain("hello@a.example");
});

test("the command of a key that may not send requests what it may do", () => {
  expect(curlFor(ORIGIN, aKey({ permissions: ["domains:read"] }), ["shop.example"])).toBe(
    `curl ${ORIGIN}/v1/api-keys/me -H "Authorization: Bearer sk_live_token"`,
  );
});
