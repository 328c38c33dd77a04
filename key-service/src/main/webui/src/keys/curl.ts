import type { IssuedKey } from "../api/types";

const SEND = "emails:send";
const RECIPIENT = "success@simulator.amazonses.com";

/**
 * A command that tries the key: it sends an email if the key may, otherwise it requests what the key may do.
 *
 * @param domains verified domains of the account
 */
export function curlFor(origin: string, key: IssuedKey, domains: readonly string[]): string {
  const authorization = `-H "Authorization: Bearer ${key.token}"`;
  if (!key.permissions.includes(SEND)) {
    return `curl ${origin}/v1/api-keys/me ${authorization}`;
  }
  const email = {
    from: `hello@${senderDomain(key.allowed_domains, domains)}`,
    to: RECIPIENT,
    subject: "Your order is confirmed",
    html: "<h1>Thanks for your order!</h1>",
  };
  return [
    `curl -X POST ${origin}/v1/emails`,
    authorization,
    `-H "Content-Type: application/json"`,
    `-d '${JSON.stringify(email)}'`,
  ].join(" \\\n  ");
}

function senderDomain(allowed: readonly string[], verified: readonly string[]): string {
  const usable = verified.find((domain) => allowed.length === 0 || allowed.some((pattern) => allows(pattern, domain)));
  const [first] = allowed;
  return usable ?? first?.replace(/^\*\./, "mail.") ?? "your-domain.example";
}

function allows(pattern: string, domain: string): boolean {
  return pattern.startsWith("*.") ? domain.endsWith(pattern.slice(1)) : domain === pattern;
}
