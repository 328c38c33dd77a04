import { expect, test } from "vitest";
import { tokenOf } from "./link";

test("the token of a link is read from its fragment", () => {
  expect(tokenOf("#token=a-b_c")).toBe("a-b_c");
  expect(tokenOf("")).toBe("");
  expect(tokenOf("#other=1")).toBe("");
});
