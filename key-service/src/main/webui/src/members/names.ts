import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import type { ListOf, Member } from "../api/types";

/** The members' addresses by their ids. */
export type Names = ReadonlyMap<string, string>;

const NONE: Names = new Map();

/** Who is who, as far as the one who asks may know it: an id that is missing is shown as it is. */
export function useNames(): Names {
  const names = useQuery({
    queryKey: ["members", "names"],
    queryFn: () => api.get<ListOf<Member>>("/v1/members", { limit: 100 }),
    select: ({ data }): Names => new Map(data.map(({ id, email }) => [id, email])),
  });
  return names.data ?? NONE;
}
