import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "./ProblemAlert";

interface Props<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What the API answered; until then that it is being asked, or what went wrong. */
export function Answer<T>({ query, children }: Props<T>) {
  if (query.isPending) {
    return (
      <Stack aria-busy="true" aria-label="Loading" role="status">
        <Skeleton height={36} />
        <Skeleton height={36} />
        <Skeleton height={36} width="70%" />
      </Stack>
    );
  }
  if (query.isError && query.data === undefined) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
