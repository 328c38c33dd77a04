import { expect, test } from "vitest";
import { inGroups, recoveryFile } from "./codes";

test("a secret is shown in groups, with nothing after the last", () => {
  expect(inGroups("ABCDEFGH")).toBe("ABCD EFGH");
  expect(inGroups("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
});

test("a file of recovery codes says what they are of, and holds one a line", () => {
  expect(recoveryFile(["aaaa-bbbb", "cccc-dddd"], "sendex.example")).toBe(
    "Recovery codes for sendex.example. Each can be used once:\n\naaaa-bbbb\ncccc-dddd\n",
  );
});
