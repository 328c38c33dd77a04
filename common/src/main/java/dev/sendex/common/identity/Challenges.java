package dev.sendex.common.identity;

import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.INVALID_API_KEY;
import static dev.sendex.common.problem.Problem.IP_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.MISSING_API_KEY;
import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;
import static dev.sendex.common.problem.Problem.RESTRICTED_API_KEY;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.problem.ProblemException;
import java.time.Duration;
import java.util.List;

/// The problems for refused callers, with the challenge of RFC 6750, section 3.
public final class Challenges {

    static final String REALM = "Bearer realm=\"sendex\"";

    private Challenges() {}

    static ProblemException missingCredentials() {
        return MISSING_API_KEY
                .because("Send an API key in the header `Authorization: Bearer sk_…`.")
                .challenge(REALM);
    }

    /// The same response for unknown, expired and revoked keys, so that nobody learns which it was.
    static ProblemException invalidKey() {
        return invalid("The API key is unknown, expired or revoked. Send one that is active.");
    }

    /// `invalid_api_key`: the session is not valid.
    public static ProblemException invalidSession() {
        return invalid("The session has ended. Sign in again.");
    }

    static ProblemException ambiguousCredentials() {
        return invalid("Send exactly one Authorization header.");
    }

    private static ProblemException invalid(String detail) {
        return INVALID_API_KEY.because(detail).challenge(REALM + ", error=\"invalid_token\"");
    }

    static ProblemException foreignOrigin() {
        return FORBIDDEN.because(
                "Requests from other sites are not allowed. Use the dashboard, or send a session or"
                        + " an API key in the Authorization header.");
    }

    static ProblemException usersOnly() {
        return FORBIDDEN.because(
                "This endpoint requires a signed-in user. API keys cannot use it.");
    }

    static ProblemException addressNotAllowed() {
        return IP_NOT_ALLOWED.because(
                "This key may not be used from your address. Call from a network that it allows.");
    }

    /// @param missing the permissions of which one would suffice, as named in `@PermissionsAllowed`
    static ProblemException missingPermissions(List<String> missing) {
        if (missing.isEmpty()) {
            return FORBIDDEN.because("You do not have access to this.");
        }
        String names = String.join("` or `", missing);
        return RESTRICTED_API_KEY
                .because(
                        "This request requires the permission `%s`. Use a key that has it."
                                .formatted(names))
                .challenge(insufficientScope(String.join(" ", missing)));
    }

    private static String insufficientScope(String scope) {
        return REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"";
    }

    /// `service_unavailable`: the credentials cannot be verified at present.
    public static ProblemException unavailable(Duration retryAfter) {
        return SERVICE_UNAVAILABLE.retryAfter(
                retryAfter, "Your key cannot be verified at the moment. Try again in a moment.");
    }

    static ProblemException tooManyUnknown(Duration retryAfter) {
        return RATE_LIMIT_EXCEEDED.retryAfter(
                retryAfter,
                "Too many unknown API keys came from your address. Try again in a minute.");
    }
}
