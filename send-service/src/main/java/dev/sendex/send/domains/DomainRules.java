package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.address.DomainName;
import dev.sendex.send.domains.DomainsResource.CreateDomain;
import dev.sendex.send.domains.DomainsResource.UpdateDomain;
import dev.sendex.send.ses.SesIdentities;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which domains may be added and with which options. Unsupported options are rejected rather than
/// ignored.
@ApplicationScoped
class DomainRules {

    static final String OPPORTUNISTIC = "opportunistic";

    private static final String DEFAULT_RETURN_PATH = "send";
    private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private final Set<DomainName> reserved;
    private final boolean openTracking;
    private final boolean clickTracking;
    private final String region;

    DomainRules(DomainConfig config, SesIdentities ses) {
        this.reserved = reserved(config.reserved().orElse(Set.of()));
        this.openTracking = config.openTracking();
        this.clickTracking = config.clickTracking();
        this.region = ses.region();
    }

    /// A domain that may be added.
    ///
    /// @param name in its canonical form
    /// @param mailFromDomain the domain that bounces are returned to
    record NewDomain(String name, String mailFromDomain) {}

    NewDomain check(@Nullable CreateDomain request) {
        if (request == null) {
            throw malformed();
        }
        String name = name(request.name());
        if (isOther(request.region(), region)) {
            throw INVALID_PARAMETER.on(
                    "region",
                    "must be `%s`, the region that this server sends from, or left out"
                            .formatted(region));
        }
        check(request.options());
        return new NewDomain(name, mailFromDomain(request.customReturnPath(), name));
    }

    void check(@Nullable UpdateDomain options) {
        if (options == null) {
            throw malformed();
        }
        if (isOther(options.tls(), OPPORTUNISTIC)) {
            throw INVALID_PARAMETER.on(
                    "tls",
                    "must be `opportunistic` or left out: this server cannot enforce TLS for a"
                            + " single domain");
        }
        checkTracking("open_tracking", options.openTracking(), openTracking);
        checkTracking("click_tracking", options.clickTracking(), clickTracking);
        if (isOther(options.trackingSubdomain(), "")) {
            throw INVALID_PARAMETER.on("tracking_subdomain", "is not supported; omit it");
        }
        checkCapabilities(options.capabilities());
    }

    private static String mailFromDomain(@Nullable String customReturnPath, String name) {
        String label =
                customReturnPath == null || customReturnPath.isBlank()
                        ? DEFAULT_RETURN_PATH
                        : customReturnPath.strip().toLowerCase(Locale.ROOT);
        if (!LABEL.matcher(label).matches()) {
            throw INVALID_PARAMETER.on(
                    "custom_return_path",
                    "must be one label, such as `send`: at most 63 letters, digits and hyphens,"
                            + " beginning with a letter and not ending with a hyphen");
        }
        try {
            return DomainName.parse(label + "." + name).value();
        } catch (MalformedAddress e) {
            throw INVALID_PARAMETER.on("custom_return_path", e.reason());
        }
    }

    void refuseReserved(String name) {
        DomainName domain = new DomainName(name);
        if (reserved.stream().anyMatch(domain::isWithin)) {
            throw INVALID_PARAMETER.on("name", "is reserved by the operator of this server");
        }
    }

    private String name(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw MISSING_REQUIRED_FIELD.on("name", "is required");
        }
        try {
            String name = DomainName.parse(text.strip()).value();
            refuseReserved(name);
            return name;
        } catch (MalformedAddress e) {
            throw INVALID_PARAMETER.on("name", e.reason());
        }
    }

    private static void checkTracking(String field, @Nullable Boolean asked, boolean configured) {
        if (asked != null && asked != configured) {
            throw INVALID_PARAMETER.on(
                    field,
                    "must be `%s` or left out: it is set for the whole server, not for a domain"
                            .formatted(configured));
        }
    }

    private static void checkCapabilities(@Nullable DomainCapabilities asked) {
        if (asked == null) {
            return;
        }
        if (isOther(asked.sending(), DomainCapabilities.ENABLED)) {
            throw INVALID_PARAMETER.on(
                    "capabilities.sending",
                    "must be `enabled` or left out: remove the domain to stop sending from it");
        }
        if (isOther(asked.receiving(), DomainCapabilities.DISABLED)) {
            throw INVALID_PARAMETER.on(
                    "capabilities.receiving",
                    "must be `disabled` or left out: this server does not receive email");
        }
    }

    private static Set<DomainName> reserved(Set<String> names) {
        Set<DomainName> canonical = new HashSet<>();
        for (String name : names) {
            try {
                canonical.add(DomainName.parse(name.strip()));
            } catch (MalformedAddress e) {
                throw new IllegalArgumentException(
                        "sendex.domains.reserved: `%s` %s".formatted(name, e.reason()));
            }
        }
        return canonical;
    }

    /// Ignores case and empty strings: some SDKs send an empty string for no value, and the Java
    /// SDK sends `OPPORTUNISTIC`.
    private static boolean isOther(@Nullable String asked, String current) {
        return asked != null && !asked.isBlank() && !asked.equalsIgnoreCase(current);
    }

    private static RuntimeException malformed() {
        return MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
    }
}
