import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

const stack = JSON.parse(readFileSync(process.env.SENDEX_STACK, "utf8"));
const { domain, api_key: fullKey } = stack.demo;

// All that somebody changes who moves here. The package reads it when it is loaded.
process.env.RESEND_BASE_URL = `${stack.gateway}/v1`;

const emailFrom = (sender) => ({
  from: `Orders <orders@${sender}>`,
  to: ["success@simulator.amazonses.com"],
  subject: "Your order is confirmed",
  html: "<h1>Thanks for your order!</h1>",
});

const succeeded = ({ data, error }) => {
  assert.equal(error, null, JSON.stringify(error));
  return data;
};

for (const version of ["6.0.3", "6.6.0", "6.12.4", "6.38.0"]) {
  describe(`resend ${version}`, async () => {
    const { Resend } = await import(`resend-${version}`);
    const resend = new Resend(fullKey);

    const domainId = async () =>
      succeeded(await resend.domains.list()).data.find(({ name }) => name === domain).id;

    test("a key with sending access sends, and does nothing else", async () => {
      const key = succeeded(await resend.apiKeys.create({ name: "for sending", permission: "sending_access" }));
      const sending = new Resend(key.token);

      assert.match(key.id, /^[0-9a-f-]{36}$/);
      assert.ok(succeeded(await sending.emails.send(emailFrom(domain))).id);
      assert.equal((await sending.apiKeys.list()).error.name, "restricted_api_key");
    });

    test("a key of one domain sends from no other", async () => {
      const created = await resend.apiKeys.create({
        name: "for one domain",
        permission: "sending_access",
        domain_id: await domainId(),
      });
      const sending = new Resend(succeeded(created).token);

      assert.ok(succeeded(await sending.emails.send(emailFrom(domain))).id);
      assert.equal((await sending.emails.send(emailFrom("elsewhere.example"))).error.name, "restricted_api_key");
    });

    test("a key with full access makes keys", async () => {
      const key = succeeded(await resend.apiKeys.create({ name: "for everything", permission: "full_access" }));

      succeeded(await new Resend(key.token).apiKeys.create({ name: "made by it", permission: "full_access" }));
    });

    test("a key that nobody said may do anything is refused", async () => {
      const { data, error } = await resend.apiKeys.create({ name: "for what?" });

      assert.equal(data, null);
      assert.equal(error.name, "missing_required_field");
    });

    test("a domain is added with its options, changed and removed", async () => {
      const created = succeeded(
        await resend.domains.create({
          name: `npm-${Date.now()}-${version.replaceAll(".", "-")}.example`,
          region: "eu-west-1",
          customReturnPath: "bounces",
          tls: "opportunistic",
          openTracking: false,
          clickTracking: false,
          capabilities: { sending: "enabled", receiving: "disabled" },
        }),
      );
      const { capabilities, records } = succeeded(await resend.domains.get(created.id));

      assert.deepEqual(capabilities, { sending: "enabled", receiving: "disabled" });
      assert.ok(records.some(({ name, type }) => type === "MX" && name.startsWith("bounces.")));
      for (const { record, type, status } of records) {
        assert.ok(["SPF", "DKIM"].includes(record));
        assert.ok(["MX", "TXT", "CNAME"].includes(type));
        assert.ok(["pending", "verified", "failed", "temporary_failure", "not_started"].includes(status));
      }
      assert.equal(succeeded(await resend.domains.update({ id: created.id, tls: "opportunistic" })).id, created.id);
      assert.match((await resend.domains.update({ id: created.id, tls: "enforced" })).error.message, /`tls`/);
      assert.ok(succeeded(await resend.domains.remove(created.id)).deleted);
    });

    test("another region is refused in words that name the one there is", async () => {
      const { error } = await resend.domains.create({ name: "elsewhere.example", region: "us-east-1" });

      assert.equal(error.name, "invalid_parameter");
      assert.match(error.message, /eu-west-1/);
    });

    test("suppressions are found by origin and by address", { skip: !resend.suppressions }, async () => {
      const { data } = succeeded(await resend.suppressions.list({ origin: "bounce" }));
      const bounced = succeeded(await resend.suppressions.get("bounce@simulator.amazonses.com"));

      assert.ok(data.every(({ origin }) => origin === "bounce"));
      assert.equal(bounced.origin, "bounce");
      assert.match(bounced.source_id, /^[0-9a-f-]{36}$/);
      assert.equal((await resend.suppressions.get("nobody@z.example")).error.name, "not_found");
    });

    test("a domain that is none of the account's is refused", async () => {
      const { error } = await resend.apiKeys.create({
        name: "for another's",
        permission: "sending_access",
        domain_id: "00000000-0000-4000-8000-000000000000",
      });

      assert.equal(error.name, "validation_error");
    });

    test("keys are listed, renamed and removed", async () => {
      const { id, token } = succeeded(await resend.apiKeys.create({ name: "old name", permission: "full_access" }));

      if (resend.apiKeys.update) {
        assert.equal(succeeded(await resend.apiKeys.update(id, { name: "new name" })).id, id);
      }
      const listed = succeeded(await resend.apiKeys.list()).data.find((key) => key.id === id);
      succeeded(await resend.apiKeys.remove(id));

      assert.equal(listed.name, resend.apiKeys.update ? "new name" : "old name");
      assert.ok(Date.parse(listed.created_at));
      assert.equal((await new Resend(token).apiKeys.list()).error.name, "invalid_api_key");
    });
  });
}
