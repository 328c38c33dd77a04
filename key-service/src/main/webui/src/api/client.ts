import { problemOf } from "./problem";

export type Query = Record<string, string | number | undefined>;

export interface Client {
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** Changes what has this version, and nothing that somebody else has changed since. */
  patch<T>(path: string, body: unknown, version?: number): Promise<T>;
  delete<T>(path: string, query?: Query): Promise<T>;
}

const AUTH = "/v1/auth/";

/** Calls of those who have no session; a new one would not help them. */
const OPEN = ["sign-", "refresh", "invitation", "password-reset"];

/**
 * The public API with the session's cookie. An access token that has run out is renewed once per
 * request; requests that run out together share one renewal, since a refresh token works once.
 */
export function createClient(base = ""): Client {
  let renewal: Promise<boolean> | null = null;

  function renew(): Promise<boolean> {
    renewal ??= alone(() => fetch(`${base}${AUTH}refresh`, { method: "POST", headers: { "Content-Type": "application/json" } }))
      .then((response) => response.ok)
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  async function call<T>(method: string, path: string, body?: unknown, version?: number): Promise<T> {
    let response = await send(method, path, body, version);
    if (response.status === 401 && !OPEN.some((open) => path.startsWith(AUTH + open)) && (await renew())) {
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

/** Other tabs share the refresh token, so they take turns where the browser can arrange it. */
function alone<T>(action: () => Promise<T>): Promise<T> {
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
