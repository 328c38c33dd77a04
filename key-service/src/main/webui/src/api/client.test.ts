import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Client, createClient } from "./client";

let server: Server;
let client: Client;
let requests: string[];
let sessionIsFresh: boolean;
let canRenew: boolean;

beforeEach(async () => {
  requests = [];
  sessionIsFresh = false;
  canRenew = true;
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.url === "/v1/auth/refresh") {
      sessionIsFresh = canRenew;
    }
    const refused = request.url === "/v1/auth/sign-in" || !sessionIsFresh;
    response.writeHead(refused ? 401 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(refused ? { name: "invalid_api_key", message: "Sign in." } : { data: [] }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  client = createClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test("an expired session is renewed, and the request is repeated", async () => {
  await expect(client.get("/v1/emails", { limit: 20, after: undefined })).resolves.toEqual({ data: [] });

  expect(requests).toEqual(["GET /v1/emails?limit=20", "POST /v1/auth/refresh", "GET /v1/emails?limit=20"]);
});

test("concurrent requests share one renewal", async () => {
  await Promise.all([client.get("/v1/emails"), client.get("/v1/domains"), client.get("/v1/webhooks")]);

  expect(requests.filter((request) => request === "POST /v1/auth/refresh")).toHaveLength(1);
});

test("a session that cannot be renewed has ended", async () => {
  canRenew = false;

  await expect(client.get("/v1/emails")).rejects.toMatchObject({ signedOut: true, message: "Sign in." });
  expect(requests).toEqual(["GET /v1/emails", "POST /v1/auth/refresh"]);
});

test("a failed renewal is tried again with the next request", async () => {
  canRenew = false;
  await expect(client.get("/v1/emails")).rejects.toThrow();
  canRenew = true;

  await expect(client.get("/v1/emails")).resolves.toEqual({ data: [] });
});

test("a refused sign-in does not renew the session", async () => {
  await expect(client.post("/v1/auth/sign-in", { email: "a@b.example", password: "wrong" })).rejects.toMatchObject({
    status: 401,
  });

  expect(requests).toEqual(["POST /v1/auth/sign-in"]);
});
