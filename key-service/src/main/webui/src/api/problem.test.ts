import { expect, test } from "vitest";
import { asProblem, problemOf } from "./problem";

test("a problem document is shown in its own words", async () => {
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

test("an answer that is no problem document still says something", async () => {
  const problem = await problemOf(
    new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "x-request-id": "r-2" } }),
  );

  expect(problem).toMatchObject({ status: 502, message: "The server responded with status 502.", requestId: "r-2", errors: [] });
});

test("a sign-in that wants a code is told from a session that is over", async () => {
  const asked = await problemOf(Response.json({ name: "invalid_api_key", code: "second_factor_required", message: "Code." }, { status: 401 }));

  expect(asked.wantsCode).toBe(true);
  expect(asked.signedOut).toBe(false);
});

test("a wrong password does not mean that the session is over", async () => {
  const refused = (code: string) => problemOf(Response.json({ code, message: "No." }, { status: 401 }));

  expect((await refused("invalid_credentials")).signedOut).toBe(false);
  expect((await refused("invalid_api_key")).signedOut).toBe(true);
});

test("a server that cannot be reached is a problem too", () => {
  expect(asProblem(new TypeError("fetch failed")).message).toContain("cannot be reached");
});

test("only what may pass by itself is worth another try", async () => {
  const statusOf = (status: number) => problemOf(new Response(null, { status }));

  expect((await statusOf(503)).passing).toBe(true);
  expect((await statusOf(429)).passing).toBe(true);
  expect((await statusOf(404)).passing).toBe(false);
  expect(asProblem(new TypeError("fetch failed")).passing).toBe(true);
});
