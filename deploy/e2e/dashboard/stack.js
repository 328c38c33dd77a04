import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DEFAULT = fileURLToPath(new URL("../../../.sendex/stack.json", import.meta.url));

/**
 * The running stack: `SENDEX_STACK` is the path of its stack.json. `SENDEX_URL` is its URL, if it
 * differs from the one in stack.json.
 */
export function runningStack() {
  const { gateway, demo, ses_sandbox: sandbox } = JSON.parse(readFileSync(process.env.SENDEX_STACK ?? DEFAULT, "utf8"));
  return { url: process.env.SENDEX_URL ?? gateway, demo, sandbox };
}
