import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import { client, keyId, privateKey, revoked, server, signing, token } from "./setting.js";

const LOCAL = { [oauth.allowInsecureRequests]: true };

const discovered = async () => {
  const response = await oauth.discoveryRequest(server, { algorithm: "oauth2", ...LOCAL });
  return oauth.processDiscoveryResponse(server, response);
};

const introspect = async (metadata, authentication, presented, options = {}) => {
  const as = await discovered();
  const response = await oauth.introspectionRequest(as, metadata, authentication, presented, { ...LOCAL, ...options });
  return { as, response, answer: await oauth.processIntrospectionResponse(as, metadata, response) };
};

test("discovers the service and introspects with a client secret", async () => {
  const { answer } = await introspect({ client_id: client.id }, oauth.ClientSecretBasic(client.secret), token);

  assert.equal(answer.active, true);
  assert.equal(answer.client_id, keyId);
  assert.equal(answer.scope, "emails:send emails:read");
  assert.equal(answer.iss, (await discovered()).issuer);
});

for (const algorithm of ["ES256", "RS256", "PS256", "Ed25519"]) {
  test(`introspects with private_key_jwt and ${algorithm}`, async () => {
    const authentication = oauth.PrivateKeyJwt({ key: await privateKey(algorithm), kid: signing.keys[algorithm].kid });

    const { answer } = await introspect({ client_id: signing.id }, authentication, token);

    assert.equal(answer.active, true);
  });
}

test("verifies a signed answer with the published keys", async () => {
  const { as, response, answer } = await introspect(
    { client_id: client.id }, oauth.ClientSecretBasic(client.secret), token, { requestJwtResponse: true });

  await oauth.validateApplicationLevelSignature(as, response, LOCAL);
  assert.equal(response.headers.get("content-type"), "application/token-introspection+jwt");
  assert.equal(answer.active, true);
  assert.equal(answer.client_id, keyId);
});

test("learns of a revoked key that it is inactive and nothing more", async () => {
  const { answer } = await introspect({ client_id: client.id }, oauth.ClientSecretBasic(client.secret), revoked);

  assert.deepEqual(answer, { active: false });
});

test("understands a refusal", async () => {
  await assert.rejects(
    introspect({ client_id: client.id }, oauth.ClientSecretBasic("wrong secret"), token),
    (failure) => failure instanceof oauth.WWWAuthenticateChallengeError || failure.error === "invalid_client");
});
