import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Domain, ListOf, PermissionCatalogue } from "../api/types";

/** The permissions and presets that a key can have. */
export function useCatalogue() {
  return useQuery({
    queryKey: ["permissions"],
    queryFn: () => api.get<PermissionCatalogue>("/v1/permissions"),
    staleTime: Infinity,
  });
}

/** Suggestions only: if the request fails, domains can still be typed. */
export function useVerifiedDomains(): readonly string[] {
  const domains = useQuery({
    queryKey: ["domains", "verified"],
    queryFn: () => api.get<ListOf<Domain>>("/v1/domains", { limit: 100 }),
    select: ({ data }) => data.filter(({ status }) => status === "verified").map(({ name }) => name),
    retry: false,
  });
  return domains.data ?? [];
}
