import { QueryCache, QueryClient, MutationCache, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { asProblem } from "./problem";
import type { Account, CurrentSession } from "./types";

const SESSION = ["session"] as const;

/** The answers of the API, and whose they are. A session that ends takes them along. */
export function createAnswers(): QueryClient {
  const answers: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noteSignedOut }),
    mutationCache: new MutationCache({ onError: noteSignedOut, onSuccess: forgetHistory }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && asProblem(error).passing },
    },
  });

  function noteSignedOut(error: unknown) {
    if (asProblem(error).signedOut) {
      leave(answers);
    }
  }

  /** Whatever was changed is in the audit log now. */
  function forgetHistory() {
    void answers.invalidateQueries({ queryKey: ["audit-events"] });
  }

  return answers;
}

/** The account that is signed in; `null` if nobody is. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: findAccount, staleTime: Infinity });
}

/** Whether the one who is signed in may do this; not before it is known. */
export function useMay(permission: string): boolean {
  const session = useQuery({
    queryKey: ["current-session"],
    queryFn: () => api.get<CurrentSession>("/v1/sessions/current"),
    staleTime: 60_000,
  });
  return session.data?.permissions.includes(permission) ?? false;
}

export async function enter(answers: QueryClient, account: Account) {
  await answers.cancelQueries();
  answers.removeQueries({ predicate: isOfTheAccount });
  answers.setQueryData(SESSION, account);
}

export function leave(answers: QueryClient) {
  answers.setQueryData(SESSION, null);
  answers.removeQueries({ predicate: isOfTheAccount });
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

function isOfTheAccount(query: { queryKey: readonly unknown[] }): boolean {
  return query.queryKey[0] !== SESSION[0];
}
