import { expect, test } from "vitest";
import { asProblem, problemOf } from "./problem";

test("a problem document is shown with its own message", async () => {
  const problem = await problemOf(
    Response.json(
      {
        status: 422,
        name: "validation_error",
        code: "validation_error",
        message: "`email` must be an email address",
        request_id: "r-1",
        errors: [{ field: "email", message: "must be an email address" }, "nonsense"],
      },
      { status: 422 },
    ),
  );

  expect(problem).toMatchObject({
    status: 422,
    code: "validation_error",
    message: "`email` must be an email address",
    requestId: "r-1",
  });
  expect(problem.fieldMessages).toEqual({ email: "Must be an email address" });
});

test("a response that is not a problem document still has a message", async () => {
  const problem = await problemOf(
    new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "x-request-id": "r-2" } }),
  );

  expect(problem).toMatchObject({
    status: 502,
    message: "The server responded with status 502.",
    requestId: "r-2",
    errors: [],
  });
});

test("a sign-in that requires a code is distinguished from an ended session", async () => {
  const refused = await problemOf(
    Response.json({ name: "invalid_api_key", code: "second_factor_required", message: "Code." }, { status: 401 }),
  );

  expect(refused.codeRequired).toBe(true);
  expect(refused.signedOut).toBe(false);
});

test("a wrong password does not end the session", async () => {
  const refused = (code: string) => problemOf(Response.json({ code, message: "No." }, { status: 401 }));

  expect((await refused("invalid_credentials")).signedOut).toBe(false);
  expect((await refused("invalid_api_key")).signedOut).toBe(true);
});

test("a server that cannot be reached is a problem too", () => {
  expect(asProblem(new TypeError("fetch failed")).message).toContain("cannot be reached");
});

test("only temporary problems can be retried", async () => {
  const statusOf = (status: number) => problemOf(new Response(null, { status }));

  expect((await statusOf(503)).retryable).toBe(true);
  expect((await statusOf(429)).retryable).toBe(true);
  expect((await statusOf(404)).retryable).toBe(false);
  expect(asProblem(new TypeError("fetch failed")).retryable).toBe(true);
});
