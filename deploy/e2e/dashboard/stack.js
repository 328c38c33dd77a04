import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const DEFAULT = fileURLToPath(new URL("../../../.sendex/stack.json", import.meta.url));

/**
 * The running stack: `SENDEX_STACK` is the path of its stack.json, `SENDEX_URL` the address where
 * a browser finds it, if that is another one than it says itself.
 */
export function runningStack() {
  const { gateway, demo, ses_sandbox: sandbox } = JSON.parse(readFileSync(process.env.SENDEX_STACK ?? DEFAULT, "utf8"));
  return { url: process.env.SENDEX_URL ?? gateway, demo, sandbox };
}
