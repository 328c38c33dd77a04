package dev.sendex.common.runtime;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The template of the path that a request matched, `/v1/emails/{id}`.
public final class PathTemplate {

    /// Where Quarkus leaves it for its own metrics.
    private static final String LOCAL = "UrlPathTemplate";

    private PathTemplate() {}

    /// The template without a trailing slash; null where no endpoint has matched, or not yet.
    public static @Nullable String of(RoutingContext request) {
        String template = ((HttpServerRequestInternal) request.request()).context().getLocal(LOCAL);
        return template == null || template.length() == 1 || !template.endsWith("/")
                ? template
                : template.substring(0, template.length() - 1);
    }
}
