package dev.sendex.webhook.ingest;

import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which URLs may be called. The URLs come from messages that are not verified yet.
@Singleton
class SnsHosts {

    private static final int HTTPS = 443;
    private static final Pattern CERTIFICATE =
            Pattern.compile("/SimpleNotificationService-[0-9a-f]{1,64}\\.pem");

    private final Pattern hosts;
    private final @Nullable URI endpoint;

    SnsHosts(SnsConfig config) {
        this.hosts = Pattern.compile(config.certificateHosts());
        this.endpoint = config.endpoint().orElse(null);
    }

    /// Parses the URL of a signing certificate; null if it is not a URL of SNS certificates.
    @Nullable URI findCertificate(@Nullable String text) {
        URI url = find(text);
        return url != null
                        && url.getRawQuery() == null
                        && CERTIFICATE.matcher(url.getRawPath()).matches()
                ? url
                : null;
    }

    /// Parses a URL; null if it may not be called.
    @Nullable URI find(@Nullable String text) {
        URI url = parse(text);
        if (url == null || url.getHost() == null || url.getRawUserInfo() != null) {
            return null;
        }
        return endpoint == null ? ifAmazonHost(url) : ifEndpoint(endpoint, url);
    }

    private @Nullable URI ifAmazonHost(URI url) {
        boolean secure =
                "https".equals(url.getScheme()) && (url.getPort() == -1 || url.getPort() == HTTPS);
        return secure && hosts.matcher(url.getHost()).matches() ? url : null;
    }

    private static @Nullable URI ifEndpoint(URI endpoint, URI url) {
        return Objects.equals(endpoint.getScheme(), url.getScheme())
                        && Objects.equals(endpoint.getRawAuthority(), url.getRawAuthority())
                ? url
                : null;
    }

    private static @Nullable URI parse(@Nullable String text) {
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException noUrl) {
            return null;
        }
    }
}
