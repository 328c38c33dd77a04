package dev.sendex.common.runtime;

import io.vertx.core.Context;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The template of the path that a request matched, `/v1/emails/{id}`.
public final class PathTemplate {

    /// Where Quarkus leaves it for its own metrics.
    private static final String LOCAL = "UrlPathTemplate";

    private static final String NONE = "other";

    private PathTemplate() {}

    /// Says which template a request matched that is answered by no resource. Otherwise the path as
    /// it was written would be it, and whoever asks could make up any number of series.
    public static void note(RoutingContext request, String template) {
        context(request).putLocal(LOCAL, template);
    }

    /// Says, where no template has matched, that none will: the request was answered before. Its
    /// path would be taken otherwise, as above.
    public static void noteNone(RoutingContext request) {
        if (of(request) == null) {
            note(request, NONE);
        }
    }

    /// The template without a trailing slash; null where no endpoint has matched, or not yet.
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
