package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A domain, with the same members as in Resend's API.
///
/// @param object always `domain`
/// @param records omitted in lists, like `dmarc`
/// @param dmarc a recommended record; Sendex does not check it
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DomainView(
        String object,
        UUID id,
        String name,
        String status,
        String region,
        @JsonProperty("created_at") Instant createdAt,
        DomainCapabilities capabilities,
        String tls,
        @JsonProperty("open_tracking") boolean openTracking,
        @JsonProperty("click_tracking") boolean clickTracking,
        @Nullable List<DnsRecord> records,
        @Nullable Dmarc dmarc) {

    /// The DMARC record. Separate from the required records, since typed SDKs do not accept one of
    /// this kind there.
    @RegisterForReflection
    record Dmarc(String name, String type, String ttl, String value) {

        static Dmarc of(Domain domain) {
            return new Dmarc("_dmarc." + domain.name(), "TXT", DnsRecord.TTL, "v=DMARC1; p=none;");
        }
    }

    static DomainView of(Domain domain, DomainConfig config) {
        return of(domain, config, DnsRecord.of(domain), Dmarc.of(domain));
    }

    static DomainView inList(Domain domain, DomainConfig config) {
        return of(domain, config, null, null);
    }

    private static DomainView of(
            Domain domain,
            DomainConfig config,
            @Nullable List<DnsRecord> records,
            @Nullable Dmarc dmarc) {
        return new DomainView(
                "domain",
                domain.id(),
                domain.name(),
                status(domain),
                domain.region(),
                domain.createdAt(),
                DomainCapabilities.ALL_DOMAINS,
                DomainRules.OPPORTUNISTIC,
                config.openTracking(),
                config.clickTracking(),
                records,
                dmarc);
    }

    /// Typed SDKs accept `temporary_failure` for records, but not for domains.
    private static String status(Domain domain) {
        return domain.status().equals(DomainStatus.TEMPORARY_FAILURE.value())
                ? DomainStatus.FAILED.value()
                : domain.status();
    }
}
