import type { ListOf } from "../api/types";

/** Where a page of a list starts: after an id (older items), before an id (newer items), or at the newest item. */
export interface Cursor {
  readonly after?: string;
  readonly before?: string;
}

export interface Neighbours {
  readonly newer: Cursor | null;
  readonly older: Cursor | null;
}

export function cursorOf(parameters: URLSearchParams): Cursor {
  const after = parameters.get("after");
  const before = parameters.get("before");
  if (after !== null) {
    return { after };
  }
  return before === null ? {} : { before };
}

/** The pages on either side. `has_more` refers to the requested direction. */
export function neighbours(cursor: Cursor, page: ListOf<{ readonly id: string }>): Neighbours {
  const first = page.data.at(0);
  const last = page.data.at(-1);
  if (first === undefined || last === undefined) {
    return { newer: cursor.after === undefined ? null : {}, older: null };
  }
  const goingNewer = cursor.before !== undefined;
  const hasNewer = goingNewer ? page.has_more : cursor.after !== undefined;
  const hasOlder = goingNewer || page.has_more;
  return {
    newer: hasNewer ? { before: first.id } : null,
    older: hasOlder ? { after: last.id } : null,
  };
}
