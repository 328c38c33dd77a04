import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemAlert } from "./ProblemAlert";

interface Props<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** Shows the data of a query, a placeholder while it loads, or its error. */
export function QueryResult<T>({ query, children }: Props<T>) {
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
