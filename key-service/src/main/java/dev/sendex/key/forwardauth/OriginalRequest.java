package dev.sendex.key.forwardauth;

import dev.sendex.common.permission.EndpointPattern;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The request that a proxy asks about, from headers whose names differ between nginx, Traefik and
/// ingress controllers. A client can send such headers as well, and a proxy that sets one of them
/// may forward another; if two disagree, neither is trusted.
///
/// @param methods the values that the headers have for the method
/// @param paths the values that the headers have for the path, without the query
record OriginalRequest(Set<String> methods, Set<String> paths) {

    private static final List<String> METHOD = List.of("X-Forwarded-Method", "X-Original-Method");
    private static final List<String> ADDRESS =
            List.of("X-Forwarded-Uri", "X-Original-URI", "X-Original-URL");
    private static final Pattern ORIGIN = Pattern.compile("(?i)^https?://[^/?#]*");
    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS = Pattern.compile("[/\\\\;%\\p{Cntrl}]");

    OriginalRequest {
        methods = Set.copyOf(methods);
        paths = Set.copyOf(paths);
    }

    static OriginalRequest of(MultiMap headers) {
        Set<String> methods = new HashSet<>();
        Set<String> paths = new HashSet<>();
        METHOD.forEach(name ->
                headers.getAll(name)
                        .forEach(method -> methods.add(method.toUpperCase(Locale.ROOT))));
        ADDRESS.forEach(
                name -> headers.getAll(name).forEach(address -> paths.add(pathOf(address))));
        return new OriginalRequest(methods, paths);
    }

    private static String pathOf(String address) {
        String path = QUERY.matcher(ORIGIN.matcher(address).replaceFirst("")).replaceFirst("");
        return path.isEmpty() ? "/" : path;
    }

    /// Whether the request certainly goes to one of these endpoints.
    boolean goesToOneOf(Collection<EndpointPattern> endpoints) {
        if (methods.size() != 1 || paths.size() != 1) {
            return false;
        }
        String method = methods.iterator().next();
        String @Nullable [] path = segments(paths.iterator().next());
        return path != null
                && endpoints.stream().anyMatch(endpoint -> matches(endpoint, method, path));
    }

    private static boolean matches(EndpointPattern endpoint, String method, String[] path) {
        String[] parts = endpoint.text().split(" ", 2);
        String[] template = parts[1].split("/", -1);
        if (!parts[0].equals(method) || template.length != path.length) {
            return false;
        }
        for (int index = 0; index < path.length; index++) {
            if (!template[index].startsWith("{") && !template[index].equals(path[index])) {
                return false;
            }
        }
        return true;
    }

    /// The decoded segments. Null if the upstream service could interpret the path differently,
    /// because it has empty or dot segments or encoded separators.
    private static String @Nullable [] segments(String path) {
        String plain =
                path.length() > 1 && path.endsWith("/")
                        ? path.substring(0, path.length() - 1)
                        : path;
        String[] segments = plain.split("/", -1);
        try {
            for (int index = 1; index < segments.length; index++) {
                segments[index] =
                        URLDecoder.decode(
                                segments[index].replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        boolean clear =
                segments[0].isEmpty()
                        && Arrays.stream(segments).skip(1).allMatch(OriginalRequest::isClear);
        return clear ? segments : null;
    }

    private static boolean isClear(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && !AMBIGUOUS.matcher(segment).find();
    }
}
