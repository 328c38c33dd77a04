import { Button, Group } from "@mantine/core";
import { Link } from "react-router";
import type { ListOf } from "../api/types";
import { type Cursor, neighbours } from "./paging";

interface Props {
  readonly cursor: Cursor;
  readonly page: ListOf<{ readonly id: string }>;
}

/** Links to the newer and older pages, if there are any. */
export function Pager({ cursor, page }: Props) {
  const { newer, older } = neighbours(cursor, page);
  if (newer === null && older === null) {
    return null;
  }
  return (
    <Group justify="flex-end" component="nav" aria-label="Pagination">
      <PageLink to={newer} label="Newer" />
      <PageLink to={older} label="Older" />
    </Group>
  );
}

function PageLink({ to, label }: { to: Cursor | null; label: string }) {
  if (to === null) {
    return (
      <Button variant="default" disabled>
        {label}
      </Button>
    );
  }
  const search = new URLSearchParams({ ...to }).toString();
  return (
    <Button variant="default" component={Link} to={{ search }}>
      {label}
    </Button>
  );
}
