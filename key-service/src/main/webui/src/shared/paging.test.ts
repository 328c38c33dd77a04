import { expect, test } from "vitest";
import { cursorOf, neighbours } from "./paging";

function aPage(hasMore: boolean, ...ids: string[]) {
  return { object: "list", has_more: hasMore, data: ids.map((id) => ({ id })) } as const;
}

test("the first page links only to older items, and only if there are any", () => {
  expect(neighbours({}, aPage(true, "9", "8"))).toEqual({ newer: null, older: { after: "8" } });
  expect(neighbours({}, aPage(false, "9", "8"))).toEqual({ newer: null, older: null });
});

test("a page of older items links back, and on while there are more", () => {
  expect(neighbours({ after: "8" }, aPage(false, "7", "6"))).toEqual({ newer: { before: "7" }, older: null });
});

test("a page of newer items links back, and on while there are more", () => {
  expect(neighbours({ before: "7" }, aPage(false, "9", "8"))).toEqual({ newer: null, older: { after: "8" } });
  expect(neighbours({ before: "7" }, aPage(true, "9", "8"))).toEqual({
    newer: { before: "9" },
    older: { after: "8" },
  });
});

test("a page that has become empty links to the first page", () => {
  expect(neighbours({ after: "8" }, aPage(false))).toEqual({ newer: {}, older: null });
});

test("a cursor is read from the URL, and `after` has precedence over `before`", () => {
  expect(cursorOf(new URLSearchParams("after=1&before=2"))).toEqual({ after: "1" });
  expect(cursorOf(new URLSearchParams("before=2"))).toEqual({ before: "2" });
  expect(cursorOf(new URLSearchParams(""))).toEqual({});
});
