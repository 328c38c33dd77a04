package dev.sendex.common.network.client;

import dev.sendex.common.network.Addresses;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.network.client.NetworkConfig.ForwardedHeader;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Determines the client's address of a request.
///
/// Every proxy appends the address that connected to it to `X-Forwarded-For` or `Forwarded` (RFC
/// 7239), depending on its configuration. So the list is read from its end, skipping trusted
/// proxies: the first other address is the client's, and anything before it may be forged. The
/// headers of a connection that does not come from a trusted proxy are ignored.
@ApplicationScoped
public class ClientAddress {

    private static final Pattern FOR =
            Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s]*))");
    private static final Pattern PROTO =
            Pattern.compile("(?i)(?:^|;)\\s*proto=\"?https\"?\\s*(?:;|$)");
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[(?<v6>[^\\]]+)\\](:[0-9]+)?|(?<v4>[0-9.]+)(:[0-9]+)?");

    private final ForwardedHeader header;
    private final List<Cidr> trusted;

    @Inject
    ClientAddress(NetworkConfig config) {
        this(config.clientHeader(), config.trustedProxies().orElse(List.of()));
    }

    ClientAddress(ForwardedHeader header, List<String> trusted) {
        this.header = header;
        this.trusted = trusted.stream().map(Cidr::of).toList();
    }

    /// The client's address, based on the connection itself rather than on Quarkus's interpretation
    /// of forwarded headers. Null if a trusted proxy sends something that is not an address; then
    /// no list of addresses allows the request.
    public @Nullable InetAddress of(HttpServerRequest request) {
        @Nullable InetAddress peer =
                Addresses.parse(request.connection().remoteAddress().hostAddress());
        return peer == null ? null : of(peer, request.headers());
    }

    @Nullable InetAddress of(InetAddress peer, MultiMap headers) {
        if (!Cidr.anyContains(trusted, peer)) {
            return peer;
        }
        List<String> hops = hops(headers.getAll(header.title()));
        Collections.reverse(hops);
        InetAddress client = peer;
        for (String hop : hops) {
            @Nullable InetAddress address = address(hop);
            if (address == null || !Cidr.anyContains(trusted, address)) {
                return address;
            }
            client = address;
        }
        return client;
    }

    /// Whether the client used TLS, with this service or with a trusted proxy, which reports it in
    /// `X-Forwarded-Proto` or as `proto` in `Forwarded`.
    public boolean usesTls(HttpServerRequest request) {
        @Nullable InetAddress peer =
                Addresses.parse(request.connection().remoteAddress().hostAddress());
        return request.connection().isSsl()
                || (peer != null && reportsTls(peer, request.headers()));
    }

    boolean reportsTls(InetAddress peer, MultiMap headers) {
        if (!Cidr.anyContains(trusted, peer)) {
            return false;
        }
        return switch (header) {
            case X_FORWARDED_FOR ->
                    elementsOf(headers.getAll("X-Forwarded-Proto")).stream()
                            .anyMatch("https"::equalsIgnoreCase);
            case FORWARDED ->
                    elementsOf(headers.getAll(header.title())).stream()
                            .anyMatch(element -> PROTO.matcher(element).find());
        };
    }

    private List<String> hops(List<String> headers) {
        return switch (header) {
            case X_FORWARDED_FOR -> elementsOf(headers);
            case FORWARDED -> nodesOf(headers);
        };
    }

    private static List<String> elementsOf(List<String> headers) {
        List<String> elements = new ArrayList<>();
        for (String header : headers) {
            for (String element : header.split(",", -1)) {
                elements.add(element.strip());
            }
        }
        return elements;
    }

    private static List<String> nodesOf(List<String> headers) {
        List<String> nodes = elementsOf(headers);
        nodes.replaceAll(ClientAddress::nodeOf);
        return nodes;
    }

    /// The client in an element of `Forwarded`; empty if there is none.
    private static String nodeOf(String element) {
        Matcher named = FOR.matcher(element);
        if (!named.find()) {
            return "";
        }
        return named.group(1) != null ? named.group(1) : named.group(2);
    }

    private static @Nullable InetAddress address(String hop) {
        @Nullable InetAddress plain = Addresses.parse(hop);
        if (plain != null) {
            return plain;
        }
        Matcher parts = WITH_PORT.matcher(hop);
        if (!parts.matches()) {
            return null;
        }
        return Addresses.parse(parts.group("v6") != null ? parts.group("v6") : parts.group("v4"));
    }
}
