package dev.sendex.webhook.endpoints;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Validates endpoints' URLs. The addresses that their hosts resolve to are checked on every
/// delivery, by [SsrfPolicy].
final class EndpointUrl {

    private static final int MAX_LENGTH = 2_000;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final int MAX_PORT = 65_535;

    private EndpointUrl() {}

    /// Validates the URL and percent-encodes the characters of its path and query that are not
    /// ASCII.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if the URL is not allowed as an endpoint
    static String check(String text, boolean insecureLoopback) {
        URI url = parse(text);
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw refused("must be an absolute URL without user, password or fragment");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw refused("has an invalid port");
        }
        boolean onLoopback = insecureLoopback && LOOPBACK.matcher(host).matches();
        boolean secure = "https".equals(url.getScheme());
        if (!secure && !(onLoopback && "http".equals(url.getScheme()))) {
            throw refused("must begin with https://");
        }
        return encoded(url);
    }

    private static String encoded(URI url) {
        String encoded = url.toASCIIString();
        requireLength(encoded);
        return encoded;
    }

    /// The origin of a validated URL, without its path and query, which may contain a secret; for
    /// example `https://hooks.example.com`.
    static String origin(String url) {
        URI checked = URI.create(url);
        return checked.getScheme() + "://" + checked.getRawAuthority();
    }

    private static URI parse(String text) {
        requireLength(text);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("has an unpaired surrogate");
        }
        try {
            return new URI(text).parseServerAuthority();
        } catch (URISyntaxException noUrl) {
            throw refused("must be a URL, with a host name in ASCII");
        }
    }

    private static void requireLength(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused("has at most %d characters, percent-encoded".formatted(MAX_LENGTH));
        }
    }

    private static RuntimeException refused(String message) {
        return VALIDATION_ERROR.on("endpoint", message);
    }
}
