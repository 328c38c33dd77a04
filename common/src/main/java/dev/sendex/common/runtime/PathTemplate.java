package dev.sendex.common.runtime;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The path template of a request, such as `/v1/emails/{id}`, for metrics.
public final class PathTemplate {

    /// The key under which Quarkus stores it for its own metrics.
    private static final String LOCAL = "UrlPathTemplate";

    private static final String NONE = "other";

    private PathTemplate() {}

    /// Sets the template of a request that no resource handles. Otherwise metrics would use the
    /// literal path, so that callers could create any number of time series.
    public static void set(RoutingContext request, String template) {
        context(request).putLocal(LOCAL, template);
    }

    /// Marks a request without template as answered, so that metrics do not use its literal path.
    public static void setNone(RoutingContext request) {
        if (of(request) == null) {
            set(request, NONE);
        }
    }

    /// The template without a trailing slash; null if no endpoint has matched yet.
    public static @Nullable String of(RoutingContext request) {
        String template = context(request).getLocal(LOCAL);
        if (template == null || template.equals(NONE)) {
            return null;
        }
        return template.length() == 1 || !template.endsWith("/")
                ? template
                : template.substring(0, template.length() - 1);
    }

    private static Context context(RoutingContext request) {
        return ((HttpServerRequestInternal) request.request()).context();
    }
}
