import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, afterEach, before, beforeEach } from "node:test";
import { openBrowser } from "./browser.js";
import { runningStack } from "./stack.js";

export const TOKEN = /sk_(live|test)_[0-9A-Za-z]{60}/;

export const { url, demo, sandbox } = runningStack();

let browser;
let people;
let errors;

before(async () => {
  browser = await openBrowser();
});

after(() => browser?.close());

beforeEach(() => {
  people = [];
  errors = [];
});

afterEach(async () => {
  await Promise.all(people.map((context) => context.close()));
  assert.deepEqual(errors, []);
});

/** A page in a separate browser context, as for another person. An error on it fails the test. */
export async function aPage() {
  const context = await browser.newContext({ baseURL: url, permissions: ["clipboard-read", "clipboard-write"] });
  people.push(context);
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) {
      errors.push(message.text());
    }
  });
  return page;
}

export function aPassword() {
  return randomBytes(18).toString("base64url");
}

/** A person with a new account and one session. */
export async function aPerson() {
  const account = `Story ${Date.now()}`;
  const email = `person-${Date.now()}@sendex.example`;
  const password = aPassword();
  const answer = await fetch(`${url}/v1/auth/sign-up`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password, account_name: account }),
  });
  assert.equal(answer.status, 201, await answer.text());
  return { account, email, password };
}

/** A page on which this person has signed in. */
export async function signedIn({ email, password } = demo) {
  const page = await aPage();
  await page.goto("/");
  await enter(page, email, password);
  await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  return page;
}

export async function enter(page, email, password) {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Creates a key with the default settings in the dashboard and returns its token. */
export async function createKey(page, name) {
  await page.getByRole("link", { name: "API keys", exact: true }).click();
  await page.getByRole("link", { name: "Create API key" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("heading", { name: "Your API key" }).waitFor();
  const [token] = TOKEN.exec(await page.getByRole("main").innerText());
  await page.getByRole("link", { name: "Done" }).click();
  return token;
}

export async function statusOf(token) {
  const response = await fetch(`${url}/v1/api-keys/me`, { headers: { Authorization: `Bearer ${token}` } });
  return response.status;
}
