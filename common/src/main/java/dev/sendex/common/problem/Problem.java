package dev.sendex.common.problem;

import dev.sendex.common.problem.ProblemException.FieldError;
import java.time.Duration;
import java.util.List;

/// The catalogue of errors. Codes are part of the public API, so a constant may be added but never
/// renamed. Each has a page in `docs/problems`.
///
/// A problem that Resend does not have also has the closest of Resend's names: its typed SDKs
/// ignore an error with an unknown name, so that a refused email would seem sent.
public enum Problem {
    MALFORMED_REQUEST(400, "validation_error", "The request is malformed"),
    INVALID_IDEMPOTENCY_KEY(
            400, "invalid_idempotency_key", "The `Idempotency-Key` header is not valid"),
    MISSING_API_KEY(401, "missing_api_key", "No API key was sent"),
    INVALID_API_KEY(401, "invalid_api_key", "The API key is not valid"),
    INVALID_CREDENTIALS(
            401, "invalid_credentials", "invalid_api_key", "Email, password or code is wrong"),
    SECOND_FACTOR_REQUIRED(
            401,
            "second_factor_required",
            "invalid_api_key",
            "A two-factor code is required to sign in"),
    RESTRICTED_API_KEY(403, "restricted_api_key", "The key lacks a permission"),
    DOMAIN_NOT_ALLOWED(
            403,
            "domain_not_allowed",
            "restricted_api_key",
            "The key may not send from this domain"),
    IP_NOT_ALLOWED(
            403,
            "ip_not_allowed",
            "restricted_api_key",
            "The key may not be used from this address"),
    ENDPOINT_NOT_ALLOWED(
            403,
            "endpoint_not_allowed",
            "restricted_api_key",
            "The key may not call this endpoint"),
    DOMAIN_NOT_VERIFIED(
            403, "domain_not_verified", "validation_error", "The sender domain is not verified"),
    FORBIDDEN(403, "forbidden", "invalid_access", "The request is not allowed"),
    NOT_FOUND(404, "not_found", "Resource not found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "The method is not allowed"),
    NOT_ACCEPTABLE(
            406,
            "not_acceptable",
            "validation_error",
            "The requested response format is not available"),
    INVALID_IDEMPOTENT_REQUEST(
            409, "invalid_idempotent_request", "The idempotency key was used for another request"),
    CONCURRENT_IDEMPOTENT_REQUESTS(
            409,
            "concurrent_idempotent_requests",
            "A request with this idempotency key is still in progress"),
    CONFLICT(409, "conflict", "validation_error", "The request conflicts with the current state"),
    PAYLOAD_TOO_LARGE(413, "payload_too_large", "validation_error", "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(
            415, "unsupported_media_type", "validation_error", "The content type is not supported"),
    VALIDATION_ERROR(422, "validation_error", "The request is not valid"),
    MISSING_REQUIRED_FIELD(422, "missing_required_field", "A required field is missing"),
    INVALID_PARAMETER(422, "invalid_parameter", "A parameter is not valid"),
    INVALID_ATTACHMENT(422, "invalid_attachment", "An attachment is not valid"),
    RATE_LIMIT_EXCEEDED(429, "rate_limit_exceeded", "Too many requests"),
    DAILY_QUOTA_EXCEEDED(429, "daily_quota_exceeded", "The daily quota is used up"),
    MONTHLY_QUOTA_EXCEEDED(429, "monthly_quota_exceeded", "The monthly quota is used up"),
    SENDING_LIMIT_EXCEEDED(
            429,
            "sending_limit_exceeded",
            "monthly_quota_exceeded",
            "The sending limit is used up"),
    INTERNAL_SERVER_ERROR(500, "internal_server_error", "Internal server error"),
    SERVICE_UNAVAILABLE(
            503,
            "service_unavailable",
            "application_error",
            "The service is temporarily unavailable");

    private final int status;
    private final String slug;
    private final String resendName;
    private final String title;

    Problem(int status, String slug, String title) {
        this(status, slug, slug, title);
    }

    Problem(int status, String slug, String resendName, String title) {
        this.status = status;
        this.slug = slug;
        this.resendName = resendName;
        this.title = title;
    }

    /// The HTTP status of the response.
    public int status() {
        return status;
    }

    /// The stable code in the member `code`.
    public String slug() {
        return slug;
    }

    /// The member `name`: a name that Resend's SDKs know.
    public String resendName() {
        return resendName;
    }

    public String title() {
        return title;
    }

    /// Creates the exception to throw.
    ///
    /// @param detail what is wrong and how to correct it; shown to the caller unchanged
    public ProblemException because(String detail) {
        return because(detail, List.of());
    }

    /// Like [#because(String)], naming the invalid members.
    public ProblemException because(String detail, List<FieldError> errors) {
        return new ProblemException(this, detail, errors, null, null);
    }

    /// Like [#because(String)], about a single member.
    public ProblemException on(String field, String message) {
        return because(
                "`%s` %s".formatted(field, message), List.of(new FieldError(field, message)));
    }

    /// Like [#because(String)], with `Retry-After`.
    public ProblemException retryAfter(Duration delay, String detail) {
        return new ProblemException(this, detail, List.of(), delay, null);
    }
}
