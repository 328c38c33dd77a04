package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A domain, with the members that Resend gives it.
///
/// @param object always `domain`
/// @param records left out in lists
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DomainView(
        String object,
        UUID id,
        String name,
        String status,
        String region,
        @JsonProperty("created_at") Instant createdAt,
        @Nullable List<DnsRecord> records) {

    static DomainView of(Domain domain) {
        return new DomainView(
                "domain",
                domain.id,
                domain.name,
                domain.status,
                domain.region,
                domain.createdAt,
                DnsRecord.of(domain));
    }

    static DomainView inList(Domain domain) {
        return new DomainView(
                "domain",
                domain.id,
                domain.name,
                domain.status,
                domain.region,
                domain.createdAt,
                null);
    }
}
