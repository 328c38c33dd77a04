package dev.sendex.common.identity.caller;

import dev.sendex.common.address.DomainName;
import dev.sendex.common.address.DomainPattern;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
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

    private static final EndpointPattern READ_ITSELF = new EndpointPattern("GET /v1/api-keys/me");

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

    /// Whether the key may send from this domain. That the account has verified the domain is
    /// checked separately. `*.example.com` means sub-domains at any depth, not `example.com`
    /// itself. A key without a list may send from any.
    ///
    /// @param asciiDomain as in DNS, internationalised names as `xn--`, in any case
    public boolean allowsSenderDomain(String asciiDomain) {
        return grant.allowedDomains().isEmpty() || isListed(asciiDomain);
    }

    /// Whether the key may be used from this address.
    ///
    /// @param address null if unknown; then only a key without restriction may be used
    public boolean allowsAddress(@Nullable InetAddress address) {
        return grant.allowedIps().isEmpty()
                || (address != null && Cidr.anyContains(grant.allowedIps(), address));
    }

    /// Whether the key's list of endpoints allows this one. A key can always read itself.
    public boolean allowsEndpoint(EndpointPattern endpoint) {
        return grant.allowedEndpoints().isEmpty()
                || endpoint.isSameAs(READ_ITSELF)
                || grant.allowedEndpoints().stream().anyMatch(endpoint::isSameAs);
    }

    private boolean isListed(String domain) {
        if (!isAscii(domain)) {
            return false;
        }
        DomainName sender = new DomainName(lower(domain));
        return grant.allowedDomains().stream()
                .anyMatch(allowed -> new DomainPattern(lower(allowed)).matches(sender));
    }

    /// Some other characters have an ASCII letter as their lower case.
    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
