package dev.sendex.common.http;

import static dev.sendex.common.problem.Problem.UNSUPPORTED_MEDIA_TYPE;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Requests must have a Content-Type of exactly `application/json`, or one that the endpoint names,
/// in UTF-8.
///
/// With one of our cookies, a POST needs it even without a body: forms of other sites cannot send
/// it, and scripts need a CORS preflight, which is refused here.
class JsonBodies {

    private static final Set<HttpMethod> WITH_A_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final String OUR_COOKIES = "sendex_";
    private static final Pattern TYPE =
            Pattern.compile("(?i)([a-z]+/[a-z]+) *(?:; *charset=(?:utf-8|\"utf-8\") *)?");

    @ServerRequestFilter
    public void refuseOthers(RoutingContext context, ResourceInfo endpoint) {
        HttpServerRequest request = context.request();
        if (WITH_A_BODY.contains(request.method())
                && (hasBody(request.headers()) || isPostWithCookie(request))
                && !isExpected(request.headers().getAll("Content-Type"), endpoint)) {
            throw UNSUPPORTED_MEDIA_TYPE.because("Send Content-Type: application/json.");
        }
    }

    /// Whether any site's page could make a browser send this.
    static boolean isPostWithCookie(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST)
                && request.headers().getAll("Cookie").stream()
                        .anyMatch(cookies -> cookies.contains(OUR_COOKIES));
    }

    /// RFC 9112, section 6.3: a length or chunks.
    static boolean hasBody(MultiMap headers) {
        @Nullable String length = headers.get("Content-Length");
        return headers.contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    }

    private static boolean isExpected(List<String> contentTypes, ResourceInfo endpoint) {
        if (contentTypes.size() != 1) {
            return false;
        }
        Matcher type = TYPE.matcher(contentTypes.getFirst());
        return type.matches()
                && (type.group(1).equalsIgnoreCase(MediaType.APPLICATION_JSON)
                        || isNamed(type.group(1), endpoint));
    }

    private static boolean isNamed(String type, ResourceInfo endpoint) {
        @Nullable Consumes named = endpoint.getResourceMethod().getAnnotation(Consumes.class);
        return named != null && Arrays.stream(named.value()).anyMatch(type::equalsIgnoreCase);
    }
}
