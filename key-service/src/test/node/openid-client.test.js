import assert from "node:assert/strict";
import { test } from "node:test";
import * as openid from "openid-client";
import { client, keyId, privateKey, revoked, server, signing, token } from "./setting.js";

const configured = (id, metadata, authentication) =>
  openid.discovery(server, id, metadata, authentication, {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });

test("discovers the service and introspects with a client secret", async () => {
  const config = await configured(client.id, undefined, openid.ClientSecretBasic(client.secret));

  const answer = await openid.tokenIntrospection(config, token);

  assert.equal(answer.active, true);
  assert.equal(answer.client_id, keyId);
});

test("introspects with private_key_jwt", async () => {
  const key = { key: await privateKey("ES256"), kid: signing.keys.ES256.kid };
  const config = await configured(signing.id, undefined, openid.PrivateKeyJwt(key));

  assert.equal((await openid.tokenIntrospection(config, token)).active, true);
  assert.equal((await openid.tokenIntrospection(config, token)).active, true);
});

test("asks for signed answers and verifies them", async () => {
  const config = await configured(
    client.id, { introspection_signed_response_alg: "ES256" }, openid.ClientSecretBasic(client.secret));
  openid.enableNonRepudiationChecks(config);

  const answer = await openid.tokenIntrospection(config, token);

  assert.equal(answer.active, true);
});

test("learns of a revoked key that it is inactive and nothing more", async () => {
  const config = await configured(client.id, undefined, openid.ClientSecretBasic(client.secret));

  assert.deepEqual(await openid.tokenIntrospection(config, revoked), { active: false });
});
