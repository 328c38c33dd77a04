import { problemOf } from "./problem";

export type Query = Record<string, string | number | undefined>;

export interface Client {
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
}

const AUTH = "/v1/auth/";

/**
 * The public API with the session's cookie. An access token that has run out is renewed once per
 * request; requests that run out together share one renewal, since a refresh token works once.
 */
export function createClient(base = ""): Client {
  let renewal: Promise<boolean> | null = null;

  function renew(): Promise<boolean> {
    renewal ??= alone(() => fetch(`${base}${AUTH}refresh`, { method: "POST" }))
      .then((response) => response.ok)
      .finally(() => {
        renewal = null;
      });
    return renewal;
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response = await send(method, path, body);
    if (response.status === 401 && !path.startsWith(AUTH) && (await renew())) {
      response = await send(method, path, body);
    }
    if (!response.ok) {
      throw await problemOf(response);
    }
    return (await response.json()) as T;
  }

  function send(method: string, path: string, body: unknown): Promise<Response> {
    const headers = { Accept: "application/json" };
    return fetch(
      base + path,
      body === undefined
        ? { method, headers }
        : {
            method,
            headers: { ...headers, "Content-Type": "application/json" },
            body: JSON.stringify(body),
          },
    );
  }

  return {
    get: (path, query) => call("GET", path + queryString(query)),
    post: (path, body) => call("POST", path, body),
    delete: (path) => call("DELETE", path),
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
