import assert from "node:assert/strict";
import { test } from "node:test";
import { sandbox, signedIn, TOKEN, url } from "./story.js";

test("the command that is shown with a key sends an email, and its timeline shows the delivery", async () => {
  const page = await signedIn();
  await page.getByRole("link", { name: "Create API key" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`Sender ${Date.now()}`);
  await page.getByRole("button", { name: "Create key" }).click();
  const command = page.getByText(/^curl -X POST/);
  const { token, body } = partsOf(await command.innerText());

  const sent = await fetch(`${url}/v1/emails`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body,
  });
  const answer = await sent.text();
  assert.equal(sent.status, 200, answer);

  await page.goto(`/emails/${JSON.parse(answer).id}`);
  await page.getByRole("region", { name: "Timeline" }).getByText("Delivered").waitFor();
});

test("a domain shows the records to set, and a new webhook shows its secret", async () => {
  const domain = `mail-${Date.now()}.example`;
  const page = await signedIn();
  await page.getByRole("link", { name: "Domains" }).click();
  await page.getByRole("button", { name: "Add domain" }).click();
  await page.getByRole("textbox", { name: "Domain" }).fill(domain);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { name: domain }).waitFor();
  await page.getByText(`._domainkey.${domain}`).first().waitFor();
  await page.getByText(`_dmarc.${domain}`).waitFor();
  const challenge = await page.getByText(/^sendex-domain-verification=/).first().innerText();
  const set = await fetch(`${sandbox}/dns/_sendex.${domain}`, { method: "PUT", body: challenge.trim() });
  assert.equal(set.status, 200);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("This domain is verified").waitFor();

  const endpoint = `http://127.0.0.1:9/${domain}`;
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("textbox", { name: "Endpoint URL" }).fill(endpoint);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: `Delete ${endpoint}` }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await page.getByText(endpoint).first().waitFor({ state: "detached" });
});

function partsOf(curl) {
  const [token] = TOKEN.exec(curl);
  const [, body] = /-d '(.*)'/s.exec(curl);
  return { token, body };
}
