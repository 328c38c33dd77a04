package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DNS record that the owner of the domain has to create.
///
/// @param record its purpose: `DKIM` or `SPF`
/// @param name the fully qualified name, without the final dot
/// @param priority set for `MX` records only
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DnsRecord(
        String record,
        String name,
        String type,
        String ttl,
        String status,
        String value,
        @Nullable Integer priority) {

    static final String TTL = "Auto";

    private static final int MX_PRIORITY = 10;

    /// The records that a domain needs. The first proves to Sendex that the account controls the
    /// domain; it is labelled `DKIM` because typed SDKs accept few kinds. SPF and MX direct bounces
    /// to SES, and DKIM authenticates the domain to receivers.
    static List<DnsRecord> of(Domain domain) {
        List<DnsRecord> records = new ArrayList<>();
        records.add(
                new DnsRecord(
                        "DKIM",
                        DomainChallenge.recordName(domain),
                        "TXT",
                        TTL,
                        domain.challengeStatus(),
                        DomainChallenge.recordValue(domain),
                        null));
        String mailFrom = domain.mailFromDomain();
        String bounces = "feedback-smtp." + domain.region() + ".amazonses.com";
        String spf = "v=spf1 include:amazonses.com ~all";
        records.add(
                new DnsRecord(
                        "SPF", mailFrom, "MX", TTL, domain.mailFromStatus(), bounces, MX_PRIORITY));
        records.add(new DnsRecord("SPF", mailFrom, "TXT", TTL, domain.mailFromStatus(), spf, null));
        for (String token : domain.dkimTokens()) {
            records.add(dkim(domain, token));
        }
        return records;
    }

    private static DnsRecord dkim(Domain domain, String token) {
        return new DnsRecord(
                "DKIM",
                token + "._domainkey." + domain.name(),
                "CNAME",
                TTL,
                domain.dkimStatus(),
                token + ".dkim.amazonses.com",
                null);
    }
}
