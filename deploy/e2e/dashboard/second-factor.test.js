import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Authenticator } from "./authenticator.js";
import { aPage, aPassword, aPerson, enter, signedIn } from "./story.js";

const SECRET = /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/;

test("a person enables two-factor authentication, signs in with it, uses a recovery code, and disables it", async () => {
  const person = await aPerson();
  const page = await signedIn(person);
  const { app, codes } = await turnOn(page, person);

  await signOut(page, person);
  await enter(page, person.email, person.password);
  await page.getByText(person.email).waitFor();
  await answer(page, "000000");
  await page.getByRole("alert").getByText("No account has this email, password and code.").waitFor();
  await answer(page, await app.code());
  await page.getByRole("heading", { name: "Security" }).waitFor();

  await signOut(page, person);
  await enter(page, person.email, person.password);
  await answer(page, codes[0]);
  await page.getByRole("heading", { name: "Security" }).waitFor();

  const factor = await openSecurity(page, person);
  await factor.getByText("9 recovery codes left").waitFor();
  await factor.getByRole("button", { name: "Generate new recovery codes" }).click();
  const renewal = page.getByRole("dialog", { name: "New recovery codes" });
  await prove(renewal, person, codes[1]);
  await renewal.getByRole("button", { name: "Generate codes" }).click();
  await renewal.getByRole("listitem").nth(9).waitFor();
  const [renewed] = await renewal.getByRole("listitem").allInnerTexts();
  await renewal.getByRole("button", { name: "I have saved them" }).click();

  await factor.getByRole("button", { name: "Disable" }).click();
  const end = page.getByRole("dialog", { name: "Disable two-factor authentication?" });
  await prove(end, person, codes[2]);
  await end.getByRole("button", { name: "Disable" }).click();
  await end.getByText("Is wrong, or was used before", { exact: true }).waitFor();
  await end.getByRole("textbox", { name: "Code" }).fill(renewed);
  await end.getByRole("button", { name: "Disable" }).click();
  await factor.getByRole("button", { name: "Enable" }).waitFor();

  await signOut(page, person);
  await enter(page, person.email, person.password);
  await page.getByRole("heading", { name: "Security" }).waitFor();
});

test("an owner sees who has two-factor authentication, and disables it for somebody who lost their phone", async () => {
  const person = await aPerson();
  const owner = await signedIn(person);
  const member = { email: `member-${Date.now()}@sendex.example`, password: aPassword(), account: person.account };
  const guest = await invited(owner, member);
  await turnOn(guest, member);

  await owner.reload();
  await owner.getByRole("button", { name: `Disable two-factor authentication for ${member.email}` }).click();
  const confirmation = owner.getByRole("dialog", { name: "Disable two-factor authentication?" });
  await confirmation.getByRole("button", { name: "Disable" }).click();
  await owner.getByRole("row", { name: member.email }).getByText("Disabled", { exact: true }).waitFor();
  await owner.getByRole("link", { name: "Audit log" }).click();
  await owner.getByRole("row", { name: /Member: two-factor authentication disabled/ }).waitFor();

  await signedIn(member);
});

async function turnOn(page, person) {
  const factor = await openSecurity(page, person);
  await factor.getByRole("button", { name: "Enable" }).click();
  const dialog = page.getByRole("dialog", { name: "Enable two-factor authentication" });
  await dialog.getByRole("textbox", { name: "Current password" }).fill(person.password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
  const app = new Authenticator(await dialog.getByText(SECRET).innerText());
  await dialog.getByRole("textbox", { name: "Code" }).fill(await app.code());
  await dialog.getByRole("button", { name: "Enable" }).click();
  await dialog.getByRole("listitem").nth(9).waitFor();
  const codes = await dialog.getByRole("listitem").allInnerTexts();
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download" }).click();
  assert.match(await readFile(await (await download).path(), "utf8"), new RegExp(codes[0]));
  await dialog.getByRole("button", { name: "I have saved them" }).click();
  await factor.getByText("10 recovery codes left").waitFor();
  return { app, codes };
}

async function openSecurity(page, { account }) {
  await page.getByRole("button", { name: account }).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  return page.getByRole("region", { name: "Two-factor authentication" });
}

async function signOut(page, { account }) {
  await page.getByRole("button", { name: account }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

async function answer(page, code) {
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function prove(dialog, { password }, code) {
  await dialog.getByRole("textbox", { name: "Current password" }).fill(password);
  await dialog.getByRole("textbox", { name: "Code" }).fill(code);
}

async function invited(owner, { email, password }) {
  await owner.getByRole("link", { name: "Members" }).click();
  await owner.getByRole("button", { name: "Invite member" }).click();
  const invite = owner.getByRole("dialog", { name: "Invite member" });
  await invite.getByRole("textbox", { name: "Email" }).fill(email);
  await invite.getByRole("button", { name: "Send invitation" }).click();
  const link = owner.getByText(/\/invitation#/);
  await link.waitFor();
  const guest = await aPage();
  await guest.goto(await link.innerText());
  await guest.getByLabel("Choose a password").fill(password);
  await guest.getByRole("button", { name: "Join" }).click();
  await guest.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  await owner.getByRole("button", { name: "Done" }).click();
  return guest;
}
