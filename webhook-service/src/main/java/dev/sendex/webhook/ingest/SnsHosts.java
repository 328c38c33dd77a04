package dev.sendex.webhook.ingest;

import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which addresses a message may have us call. Messages name them, and anybody can write a message.
@Singleton
class SnsHosts {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]");

    private final Pattern hosts;
    private final boolean insecureLoopback;

    SnsHosts(SnsConfig config) {
        this.hosts = Pattern.compile(config.certificateHosts());
        this.insecureLoopback = config.insecureLoopback();
    }

    /// The address in this text, or null where it may not be called.
    @Nullable URI find(@Nullable String text) {
        URI url = parse(text);
        if (url == null || url.getHost() == null || url.getRawUserInfo() != null) {
            return null;
        }
        return hosts.matcher(url.getHost()).matches() && isSecure(url) ? url : null;
    }

    private boolean isSecure(URI url) {
        if ("https".equals(url.getScheme())) {
            return url.getPort() == -1 || url.getPort() == 443 || isLoopback(url);
        }
        return "http".equals(url.getScheme()) && isLoopback(url);
    }

    private boolean isLoopback(URI url) {
        return insecureLoopback && LOOPBACK.matcher(url.getHost()).matches();
    }

    private static @Nullable URI parse(@Nullable String text) {
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException noUrl) {
            return null;
        }
    }
}
