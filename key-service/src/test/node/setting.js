// What the test that starts this says about the running service.

const setting = (name) => {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
};

export const server = new URL(setting("SENDEX_URL"));
export const token = setting("SENDEX_TOKEN");
export const keyId = setting("SENDEX_KEY_ID");
export const revoked = setting("SENDEX_REVOKED_TOKEN");
export const client = { id: setting("SENDEX_CLIENT_ID"), secret: setting("SENDEX_CLIENT_SECRET") };
export const signing = {
  id: setting("SENDEX_SIGNING_CLIENT_ID"),
  // Private JWKs by algorithm, made for this run.
  keys: JSON.parse(setting("SENDEX_SIGNING_KEYS")),
};

const IMPORT = {
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  Ed25519: { name: "Ed25519" },
};

export const privateKey = (algorithm) => {
  const { alg, use, key_ops, ...jwk } = signing.keys[algorithm];
  return crypto.subtle.importKey("jwk", jwk, IMPORT[algorithm], false, ["sign"]);
};
