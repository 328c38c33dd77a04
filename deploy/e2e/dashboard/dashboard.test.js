import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { openBrowser } from "./browser.js";
import { runningStack } from "./stack.js";

const TOKEN = /sk_live_[0-9A-Za-z]{60}/;

const { url, demo } = runningStack();
let browser;
let page;
let faults;

before(async () => {
  browser = await openBrowser();
});

after(() => browser?.close());

beforeEach(async () => {
  const context = await browser.newContext({ baseURL: url, permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) {
      faults.push(message.text());
    }
  });
});

afterEach(async () => {
  await page.context().close();
  assert.deepEqual(faults, []);
});

test("a person signs in, creates a key, sees its token once, and revokes it", async () => {
  const name = `Story ${Date.now()}`;
  await signIn();

  await page.getByRole("link", { name: "Create API key" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("radio", { name: "Sending access" }).check();
  const domains = page.getByRole("combobox", { name: "Allowed sender domains" });
  await domains.fill(demo.domain);
  await domains.press("Enter");
  await page.getByRole("button", { name: "Create key" }).click();

  await page.getByRole("heading", { name: "Your API key" }).waitFor();
  const [token] = TOKEN.exec(await page.getByRole("main").innerText());
  await page.getByRole("button", { name: "Copy the API key" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
  assert.equal(await statusOf(token), 200);

  await page.getByRole("link", { name: "Done" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByText("Active").waitFor();
  assert.doesNotMatch(await page.content(), TOKEN);

  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await row.getByText("Revoked").waitFor();
  assert.equal(await statusOf(token), 401);
});

test("the command that is shown with a key sends an email, whose fate is told", async () => {
  await signIn();
  await page.getByRole("link", { name: "Create API key" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(`Sender ${Date.now()}`);
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

test("a domain shows the records to set, and a webhook its secret", async () => {
  const domain = `mail-${Date.now()}.example`;
  await signIn();
  await page.getByRole("link", { name: "Domains" }).click();
  await page.getByRole("button", { name: "Add domain" }).click();
  await page.getByRole("textbox", { name: "Domain" }).fill(domain);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { name: domain }).waitFor();
  await page.getByText(`._domainkey.${domain}`).first().waitFor();
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("This domain is verified").waitFor();

  const endpoint = `http://127.0.0.1:9/${domain}`;
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill(endpoint);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: `Delete ${endpoint}` }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await page.getByText(endpoint).first().waitFor({ state: "detached" });
});

test("a session that has run out is renewed unseen, and one that is gone asks to sign in", async () => {
  await signIn();
  await page.context().clearCookies({ name: "sendex_session" });
  await page.reload();
  await page.getByRole("heading", { name: "API keys" }).waitFor();

  await page.context().clearCookies();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a wrong password is refused in the server's words", async () => {
  await page.goto("/");
  await enter(demo.email, "not the password");

  await page.getByRole("alert").getByText("Request").waitFor();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

async function signIn() {
  await page.goto("/");
  await enter(demo.email, demo.password);
  await page.getByRole("heading", { name: "API keys" }).waitFor();
}

async function enter(email, password) {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function statusOf(token) {
  const response = await fetch(`${url}/v1/api-keys/me`, { headers: { Authorization: `Bearer ${token}` } });
  return response.status;
}

function partsOf(curl) {
  const [token] = TOKEN.exec(curl);
  const [, body] = /-d '(.*)'/s.exec(curl);
  return { token, body };
}
