package dev.sendex.common.identity;

import dev.sendex.common.address.DomainName;
import dev.sendex.common.address.DomainPattern;
import dev.sendex.common.introspection.EndpointPattern;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A caller with an API key.
public record KeyCaller(KeyGrant grant) implements Caller {

    private static final EndpointPattern WHO_AM_I = new EndpointPattern("GET /v1/api-keys/me");

    @Override
    public String getName() {
        return grant.keyId().toString();
    }

    @Override
    public UUID accountId() {
        return grant.accountId();
    }

    @Override
    public Environment environment() {
        return grant.environment();
    }

    @Override
    public Set<Permission> permissions() {
        return grant.permissions();
    }

    /// Whether the key may send from this domain, as far as the key is concerned: the account must
    /// have verified it besides. `*.example.com` stands for sub-domains at any depth and not for
    /// `example.com` itself. A key without a list is not bound.
    ///
    /// @param asciiDomain as in DNS, internationalised names as `xn--`; case does not matter
    public boolean allowsSenderDomain(String asciiDomain) {
        return grant.allowedDomains().isEmpty() || isListed(asciiDomain);
    }

    /// Whether the key may be used from this address.
    ///
    /// @param address null: nobody knows from where, and only a key that is not bound may be used
    public boolean allowsAddress(@Nullable InetAddress address) {
        return grant.allowedIps().isEmpty()
                || (address != null && Cidr.anyContains(grant.allowedIps(), address));
    }

    /// Whether the key may call this endpoint, as far as its list of endpoints is concerned. It may
    /// always ask what it may do.
    public boolean allowsEndpoint(EndpointPattern endpoint) {
        return grant.allowedEndpoints().isEmpty()
                || endpoint.isSameAs(WHO_AM_I)
                || grant.allowedEndpoints().stream().anyMatch(endpoint::isSameAs);
    }

    private boolean isListed(String domain) {
        return isAscii(domain)
                && grant.allowedDomains().stream()
                        .anyMatch(allowed ->
                                new DomainPattern(lower(allowed))
                                        .matches(new DomainName(lower(domain))));
    }

    /// Beyond ASCII there are characters whose lower case is an ASCII letter.
    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
