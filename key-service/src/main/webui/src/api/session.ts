import { QueryCache, QueryClient, MutationCache, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { asProblem } from "./problem";
import type { Account, CurrentSession } from "./types";

const SESSION = ["session"] as const;

/** The cache of API responses. It is cleared when the session ends. */
export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: handleSignedOut }),
    mutationCache: new MutationCache({ onError: handleSignedOut, onSuccess: refreshAuditLog }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && asProblem(error).retryable },
    },
  });

  function handleSignedOut(error: unknown) {
    if (asProblem(error).signedOut) {
      endSession(queryClient);
    }
  }

  /** Every change adds an event to the audit log. */
  function refreshAuditLog() {
    void queryClient.invalidateQueries({ queryKey: ["audit-events"] });
  }

  return queryClient;
}

/** The account of the current session; `null` without a session. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: findAccount, staleTime: Infinity });
}

/** Whether the signed-in user has this permission; false while it is being loaded. */
export function usePermission(permission: string): boolean {
  const session = useQuery({
    queryKey: ["current-session"],
    queryFn: () => api.get<CurrentSession>("/v1/sessions/current"),
    staleTime: 60_000,
  });
  return session.data?.permissions.includes(permission) ?? false;
}

export async function startSession(queryClient: QueryClient, account: Account) {
  await queryClient.cancelQueries();
  queryClient.removeQueries({ predicate: isAccountQuery });
  queryClient.setQueryData(SESSION, account);
}

export function endSession(queryClient: QueryClient) {
  queryClient.setQueryData(SESSION, null);
  queryClient.removeQueries({ predicate: isAccountQuery });
}

async function findAccount(): Promise<Account | null> {
  try {
    return await api.get<Account>("/v1/account");
  } catch (error) {
    if (asProblem(error).signedOut) {
      return null;
    }
    throw error;
  }
}

function isAccountQuery(query: { queryKey: readonly unknown[] }): boolean {
  return query.queryKey[0] !== SESSION[0];
}
