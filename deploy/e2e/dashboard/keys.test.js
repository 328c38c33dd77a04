import assert from "node:assert/strict";
import { test } from "node:test";
import { createKey, demo, signedIn, statusOf, TOKEN, url } from "./story.js";

test("a person signs in, creates a key, sees its token once, and revokes it", async () => {
  const name = `Story ${Date.now()}`;
  const page = await signedIn();

  await page.getByRole("link", { name: "Create API key" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("radio", { name: "Sending access" }).check();
  const domains = page.getByRole("combobox", { name: "Allowed sender domains" });
  await domains.fill(demo.domain);
  await domains.press("Enter");
  await page.getByRole("button", { name: "Create key" }).click();

  await page.getByRole("heading", { name: "Your API key" }).waitFor();
  const [token] = TOKEN.exec(await page.getByRole("main").innerText());
  await page.getByRole("button", { name: "Copy the token" }).click();
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

test("a key without a name is not created, and the form shows the invalid field", async () => {
  const page = await signedIn();
  await page.getByRole("link", { name: "Create API key" }).click();

  await page.getByRole("button", { name: "Create key" }).click();

  await page.locator("input:focus[aria-invalid=true]").waitFor();
  await page.getByText("Enter a name").waitFor();
});

test("a key is edited, and its changes show who changed what", async () => {
  const name = `Edited ${Date.now()}`;
  const page = await signedIn();
  await createKey(page, name);

  await page.getByRole("link", { name }).click();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(`${name} again`);
  const networks = page.getByRole("combobox", { name: "Allowed networks" });
  await networks.fill("192.0.2.1/24");
  await networks.press("Enter");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/host bits|192\.0\.2\.0\/24/).last().waitFor();

  await networks.press("Backspace");
  await networks.fill("192.0.2.0/24");
  await networks.press("Enter");
  await page.getByRole("button", { name: "Save" }).click();

  await page.getByRole("heading", { name: `${name} again` }).waitFor();
  await page.getByRole("table", { name: "Details" }).getByText("192.0.2.0/24").waitFor();
  const change = page.getByRole("table", { name: "Changes" }).getByRole("row", { name: /API key: updated/ });
  await change.getByText(demo.email).waitFor();
  await change.getByText("192.0.2.0/24").waitFor();
});

test("two people edit a key: the second is notified, and does not overwrite the first", async () => {
  const name = `Shared ${Date.now()}`;
  const first = await signedIn();
  await createKey(first, name);
  await first.getByRole("link", { name }).click();
  await first.getByRole("link", { name: "Edit" }).click();
  await first.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  const second = await signedIn();
  await second.goto(first.url());
  await second.getByRole("textbox", { name: "Name", exact: true }).fill(`${name} of the second`);

  await first.getByRole("textbox", { name: "Name", exact: true }).fill(`${name} of the first`);
  await first.getByRole("button", { name: "Save" }).click();
  await first.getByRole("heading", { name: `${name} of the first` }).waitFor();
  await second.getByRole("button", { name: "Save" }).click();

  await second.getByText("Somebody else has changed this key").waitFor();
});

test("a rotated key has two tokens until the old one is invalidated", async () => {
  const name = `Rotated ${Date.now()}`;
  const page = await signedIn();
  const former = await createKey(page, name);

  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  const dialog = page.getByRole("dialog", { name: "New token" });
  await dialog.getByText(TOKEN).waitFor();
  const [token] = TOKEN.exec(await dialog.innerText());
  await dialog.getByRole("button", { name: "Done" }).click();
  assert.notEqual(token, former);
  assert.deepEqual([await statusOf(former), await statusOf(token)], [200, 200]);

  await page.getByRole("button", { name: "Invalidate old token" }).click();
  await page.getByText("Two tokens are valid").waitFor({ state: "detached" });
  assert.deepEqual([await statusOf(former), await statusOf(token)], [401, 200]);
});

test("what a key was used for, and why it was refused, is on its page", async () => {
  const name = `Used ${Date.now()}`;
  const page = await signedIn();
  const token = await createKey(page, name);
  const answer = await fetch(`${url}/v1/audit-events`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 403);

  await page.getByRole("link", { name }).click();
  const address = page.url();
  const refusal = page.getByRole("table", { name: "Refusals" }).getByText("Restricted API key");
  await until(() => refusal.isVisible(), () => page.goto(address).then(() => page.getByText("Requests").first().waitFor()));
  await page.getByRole("table", { name: "Endpoints" }).getByText("GET /v1/audit-events").waitFor();
});

test("the list of keys is filtered by name and by state", async () => {
  const name = `Sought ${Date.now()}`;
  const page = await signedIn();
  await createKey(page, name);

  await page.getByRole("textbox", { name: "Name or token" }).fill(name);
  await page.getByRole("link", { name }).waitFor();
  await page.getByRole("link", { name: /^Demo:/ }).first().waitFor({ state: "detached" });
  await page.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Revoked" }).click();
  await page.getByRole("link", { name }).waitFor({ state: "detached" });
});

/** Retries, because usage counts are published at intervals. */
async function until(isTrue, again) {
  for (let tries = 0; tries < 120; tries++) {
    if (await isTrue()) {
      return;
    }
    await new Promise((wake) => setTimeout(wake, 500));
    await again();
  }
  assert.fail("The condition was never met.");
}
