import assert from "node:assert/strict";
import { test } from "node:test";
import { aPage, aPassword, aPerson, demo, enter, signedIn } from "./story.js";

test("an expired session is renewed silently, and a person without one is asked to sign in", async () => {
  const page = await signedIn();
  await page.context().clearCookies({ name: "sendex_session" });
  await page.reload();
  await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();

  await page.context().clearCookies();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a wrong password is refused with the server's message", async () => {
  const page = await aPage();
  await page.goto("/");
  await enter(page, demo.email, "not the password");

  await page.getByRole("alert").getByText("Request").waitFor();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a person is invited, joins, may do what the role says, and is removed", async () => {
  const email = `viewer-${Date.now()}@sendex.example`;
  const owner = await signedIn();
  await owner.getByRole("link", { name: "Members" }).click();
  await owner.getByRole("button", { name: "Invite member" }).click();
  const invite = owner.getByRole("dialog", { name: "Invite member" });
  await invite.getByRole("textbox", { name: "Email" }).fill(email);
  await invite.getByRole("combobox", { name: "Role" }).click();
  await owner.getByRole("option", { name: "Viewer" }).click();
  await invite.getByRole("button", { name: "Send invitation" }).click();
  const link = owner.getByText(/\/invitation#/);
  await link.waitFor();

  const guest = await aPage();
  await guest.goto(await link.innerText());
  await guest.getByText(/with the role viewer/).waitFor();
  await guest.getByLabel("Choose a password").fill(aPassword());
  const permissions = guest.waitForResponse(/\/v1\/sessions\/current$/);
  await guest.getByRole("button", { name: "Join" }).click();
  await guest.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  await (await permissions).finished();
  assert.equal(await guest.getByRole("link", { name: "Create API key" }).count(), 0);
  await guest.goto("/api-keys/new");
  await guest.getByRole("textbox", { name: "Name", exact: true }).fill("More than a viewer may");
  await guest.getByRole("button", { name: "Create key" }).click();
  await guest.getByRole("alert").waitFor();

  await owner.getByRole("button", { name: "Done" }).click();
  await owner.reload();
  await owner.getByRole("button", { name: `Remove ${email}` }).click();
  await owner.getByRole("button", { name: "Remove member" }).click();
  await owner.getByText(email).first().waitFor({ state: "detached" });
  await guest.goto("/api-keys");
  await guest.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("a person ends their session in another browser", async () => {
  const person = await aPerson();
  const elsewhere = await signedIn(person);
  const page = await signedIn(person);
  await page.getByRole("button", { name: person.account }).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  const ends = page.getByRole("table", { name: "Sessions" }).getByRole("button", { name: "End" });
  await ends.nth(1).waitFor();
  await ends.nth(0).click();
  await ends.nth(1).waitFor({ state: "detached" });
  await ends.nth(0).click();
  await ends.nth(0).waitFor({ state: "detached" });

  await elsewhere.goto("/api-keys");
  await elsewhere.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.reload();
  await page.getByText("This session").waitFor();
});

test("the audit log is filtered, verified and exported", async () => {
  const page = await signedIn();
  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("combobox", { name: "Action" }).fill("session: opened");
  await page.getByRole("option", { name: "Session: opened" }).click();
  await page.getByRole("row", { name: /Session: opened/ }).first().waitFor();
  await page.getByRole("row", { name: /API key: created/ }).first().waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("The audit log is intact").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  await (await download).path();
});
