import { problemOf } from "./problem";

export type Query = Record<string, string | number | undefined>;

export interface Client {
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** Changes the resource only if it still has this version. */
  patch<T>(path: string, body: unknown, version?: number): Promise<T>;
  delete<T>(path: string, query?: Query): Promise<T>;
}

const AUTH = "/v1/auth/";

/** Paths that are called without a session, so renewing one does not help. */
const WITHOUT_SESSION = ["sign-", "refresh", "invitation", "password-reset"];

/**
 * Calls the public API with the session's cookie. An expired access token is renewed once per
 * request; concurrent requests share one renewal, because a refresh token can be used only once.
 */
export function createClient(base = ""): Client {
  let renewal: Promise<boolean> | null = null;

  function renew(): Promise<boolean> {
    renewal ??= withRenewalLock(() =>
      fetch(`${base}${AUTH}refresh`, { method: "POST", headers: { "Content-Type": "application/json" } }),
    )
      .then((response) => response.ok)
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  async function call<T>(method: string, path: string, body?: unknown, version?: number): Promise<T> {
    let response = await send(method, path, body, version);
    const hasSession = !WITHOUT_SESSION.some((prefix) => path.startsWith(AUTH + prefix));
    if (response.status === 401 && hasSession && (await renew())) {
      response = await send(method, path, body, version);
    }
    if (!response.ok) {
      throw await problemOf(response);
    }
    return (await response.json()) as T;
  }

  function send(method: string, path: string, body: unknown, version?: number): Promise<Response> {
    const headers = {
      Accept: "application/json",
      ...(method === "GET" ? {} : { "Content-Type": "application/json" }),
      ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
    };
    return fetch(base + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  return {
    get: (path, query) => call("GET", path + queryString(query)),
    post: (path, body) => call("POST", path, body),
    patch: (path, body, version) => call("PATCH", path, body, version),
    delete: (path, query) => call("DELETE", path + queryString(query)),
  };
}

/** Tabs share the refresh token, so only one renews at a time if the browser supports locks. */
function withRenewalLock<T>(action: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  return locks === undefined ? action() : locks.request("sendex-session-renewal", action);
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

export const api = createClient();
