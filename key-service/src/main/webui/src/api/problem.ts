/** An error of one member of a request. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** An error response: a problem document, or a substitute for one. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    /** The stable code, such as `invalid_credentials`. */
    readonly code: string,
    message: string,
    readonly requestId: string | null = null,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }

  /** There is no session, or it has ended. A wrong password or a missing code does not count. */
  get signedOut(): boolean {
    return this.status === 401 && this.code !== "invalid_credentials" && !this.codeRequired;
  }

  /** Email and password are correct, and a two-factor code is required. */
  get codeRequired(): boolean {
    return this.code === "second_factor_required";
  }

  /** The same request may succeed later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The error messages by form field. */
  get fieldMessages(): Record<string, string> {
    return Object.fromEntries(
      this.errors.map(({ field, message }) => [field, sentence(message)]),
    );
  }
}

/** The problem in a response. Never throws, because a gateway may respond with anything. */
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get("x-request-id");
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  const document = isObject(body) ? body : {};
  return new Problem(
    response.status,
    text(document["code"]) ?? "unknown",
    text(document["message"]) ?? text(document["detail"]) ?? `The server responded with status ${response.status}.`,
    text(document["request_id"]) ?? requestId,
    fieldErrors(document["errors"]),
  );
}

/** Turns any thrown error into a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error;
  }
  return new Problem(0, "unreachable", "The server cannot be reached. Check your connection and try again.");
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.filter(isObject).flatMap((error) => {
    const field = text(error["field"]);
    const message = text(error["message"]);
    return field === null || message === null ? [] : [{ field, message }];
  });
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
