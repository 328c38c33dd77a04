package dev.sendex.common.network;

/// A header in which proxies name their clients. Public, since the settings are validated from
/// outside the package.
public enum ForwardedHeader {
    X_FORWARDED_FOR("X-Forwarded-For"),
    /// RFC 7239
    FORWARDED("Forwarded");

    private final String title;

    ForwardedHeader(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
