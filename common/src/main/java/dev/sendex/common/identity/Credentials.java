package dev.sendex.common.identity;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.token.ApiKeyToken;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The credentials of a request. A cookie is used only if there is no Authorization header;
/// malformed credentials are refused, never ignored in favour of others.
sealed interface Credentials {

    /// The cookie with the access token of a browser's session.
    String SESSION_COOKIE = "sendex_session";

    int MAX_LENGTH = 4096;
    String SCHEME = "bearer";
    Pattern BEARER = Pattern.compile("(?i)bearer +(?<token>[A-Za-z0-9._~+/=-]+)");
    Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /// No credentials, or none of a supported kind.
    record None() implements Credentials {}

    record Key(ApiKeyToken token) implements Credentials {}

    /// A token that can only be a session's, not verified yet.
    record Session(String token) implements Credentials {

        @Override
        public String toString() {
            return "Session[hidden]";
        }
    }

    record Refused(ProblemException problem) implements Credentials {}

    static Credentials of(HttpServerRequest request) {
        List<String> headers = request.headers().getAll("Authorization");
        return switch (headers.size()) {
            case 0 -> ofCookies(request);
            case 1 -> ofHeader(headers.getFirst());
            default -> new Refused(Challenges.ambiguousCredentials());
        };
    }

    static Credentials ofHeader(String header) {
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                || header.strip().length() == SCHEME.length()) {
            return new None();
        }
        Matcher bearer = BEARER.matcher(header);
        return header.length() <= MAX_LENGTH && bearer.matches()
                ? ofToken(bearer.group("token"))
                : new Refused(Challenges.invalidKey());
    }

    private static Credentials ofToken(String text) {
        ApiKeyToken key = ApiKeyToken.parse(text);
        if (key != null) {
            return new Key(key);
        }
        return JWT.matcher(text).matches()
                ? new Session(text)
                : new Refused(Challenges.invalidKey());
    }

    private static Credentials ofCookies(HttpServerRequest request) {
        Set<Cookie> sessions = request.cookies(SESSION_COOKIE);
        if (sessions.isEmpty()) {
            return new None();
        }
        String token = sessions.iterator().next().getValue();
        if (sessions.size() > 1 || token.length() > MAX_LENGTH || !JWT.matcher(token).matches()) {
            return new Refused(Challenges.invalidSession());
        }
        return SameOrigin.allows(request)
                ? new Session(token)
                : new Refused(Challenges.foreignOrigin());
    }
}
