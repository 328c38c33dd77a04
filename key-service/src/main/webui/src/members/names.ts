import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import type { ListOf, Member } from "../api/types";

/** The members' email addresses by member ID. */
export type Names = ReadonlyMap<string, string>;

const NONE: Names = new Map();

/** Email addresses of members to show instead of their IDs. An ID that is not in it is shown as it is. */
export function useNames(): Names {
  const names = useQuery({
    queryKey: ["members", "names"],
    queryFn: () => api.get<ListOf<Member>>("/v1/members", { limit: 100 }),
    select: ({ data }): Names => new Map(data.map(({ id, email }) => [id, email])),
  });
  return names.data ?? NONE;
}
