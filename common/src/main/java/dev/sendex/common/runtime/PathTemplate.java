package dev.sendex.common.runtime;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The template of the path that a request matched, `/v1/emails/{id}`.
public final class PathTemplate {

    /// Where Quarkus leaves it for its own metrics.
    private static final String LOCAL = "UrlPathTemplate";

    private PathTemplate() {}

    /// Says which template a request matched that is answered by no resource. Otherwise the path as
    /// it was written would be it, and whoever asks could make up any number of series.
    public static void note(RoutingContext request, String template) {
        context(request).putLocal(LOCAL, template);
    }

    /// The template without a trailing slash; null where no endpoint has matched, or not yet.
    public static @Nullable String of(RoutingContext request) {
        String template = context(request).getLocal(LOCAL);
        return template == null || template.length() == 1 || !template.endsWith("/")
                ? template
                : template.substring(0, template.length() - 1);
    }

    private static Context context(RoutingContext request) {
        return ((HttpServerRequestInternal) request.request()).context();
    }
}
