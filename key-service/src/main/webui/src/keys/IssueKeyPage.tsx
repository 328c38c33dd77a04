import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { Domain, IssuedKey, ListOf, PermissionCatalogue } from "../api/types";
import { Answer } from "../shared/Answer";
import { Page } from "../shared/Page";
import { IssuedKeyView } from "./IssuedKeyView";
import { IssueKeyForm } from "./IssueKeyForm";

export function IssueKeyPage() {
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const catalogue = useQuery({
    queryKey: ["permissions"],
    queryFn: () => api.get<PermissionCatalogue>("/v1/permissions"),
    staleTime: Infinity,
  });
  // Only suggestions: without an answer the domains are typed in.
  const domains = useQuery({
    queryKey: ["domains", "verified"],
    queryFn: () => api.get<ListOf<Domain>>("/v1/domains", { limit: 100 }),
    select: ({ data }) => data.filter(({ status }) => status === "verified").map(({ name }) => name),
    retry: false,
  });
  const verified = domains.data ?? [];
  if (issued !== null) {
    return (
      <Page title="Your API key">
        <IssuedKeyView issued={issued} verifiedDomains={verified} />
      </Page>
    );
  }
  return (
    <Page title="Create an API key" about="Give it what it needs, and no more.">
      <Answer query={catalogue}>
        {(known) => <IssueKeyForm catalogue={known} verifiedDomains={verified} onIssued={setIssued} />}
      </Answer>
    </Page>
  );
}
