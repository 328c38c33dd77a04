import { expect, test } from "vitest";
import { inGroups, recoveryFile } from "./codes";

test("a secret is shown in groups, without a space at the end", () => {
  expect(inGroups("ABCDEFGH")).toBe("ABCD EFGH");
  expect(inGroups("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
});

test("a file of recovery codes names the site, and has one code per line", () => {
  expect(recoveryFile(["aaaa-bbbb", "cccc-dddd"], "sendex.example")).toBe(
    "Recovery codes for sendex.example. Each can be used once:\n\naaaa-bbbb\ncccc-dddd\n",
  );
});
