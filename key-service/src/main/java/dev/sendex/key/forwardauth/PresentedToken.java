package dev.sendex.key.forwardauth;

import static dev.sendex.common.problem.Problem.INVALID_API_KEY;
import static dev.sendex.common.problem.Problem.MISSING_API_KEY;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.token.ApiKeyToken;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the key of a request. Sessions are not accepted: a browser would send the cookie along
/// with requests that other sites cause.
final class PresentedToken {

    static final String CHALLENGE = "Bearer realm=\"sendex\"";

    private static final String SCHEME = "bearer ";

    private PresentedToken() {}

    /// The token, not verified yet.
    ///
    /// @throws ProblemException if there is none, or it is not a key
    static ApiKeyToken of(List<String> authorization) {
        if (authorization.isEmpty()) {
            throw MISSING_API_KEY
                    .because("Send an API key in the header `Authorization: Bearer sk_…`.")
                    .challenge(CHALLENGE);
        }
        String header = authorization.getFirst();
        @Nullable ApiKeyToken token =
                header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                        ? ApiKeyToken.parse(header.substring(SCHEME.length()).strip())
                        : null;
        if (token == null || authorization.size() > 1) {
            throw invalid();
        }
        return token;
    }

    /// The same response for unknown, expired and revoked keys.
    static ProblemException invalid() {
        return INVALID_API_KEY
                .because("The API key is unknown, expired or revoked. Send one that is active.")
                .challenge(CHALLENGE + ", error=\"invalid_token\"");
    }
}
