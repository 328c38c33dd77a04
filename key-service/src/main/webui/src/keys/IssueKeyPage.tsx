import { useState } from "react";
import type { IssuedKey } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { Page } from "../shared/Page";
import { IssuedKeyView } from "./IssuedKeyView";
import { IssueKeyForm } from "./IssueKeyForm";
import { useCatalogue, useVerifiedDomains } from "./queries";

export function IssueKeyPage() {
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const catalogue = useCatalogue();
  const verified = useVerifiedDomains();
  if (issued !== null) {
    return (
      <Page title="Your API key">
        <IssuedKeyView issued={issued} verifiedDomains={verified} />
      </Page>
    );
  }
  return (
    <Page title="Create API key" about="Give the key only the permissions that it needs.">
      <QueryResult query={catalogue}>
        {(permissions) => <IssueKeyForm catalogue={permissions} verifiedDomains={verified} onIssued={setIssued} />}
      </QueryResult>
    </Page>
  );
}
