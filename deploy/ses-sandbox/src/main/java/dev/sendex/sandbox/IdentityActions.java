package dev.sendex.sandbox;

import dev.sendex.sandbox.Identities.Identity;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The API actions for sender domains; each returns the content of its result element.
final class IdentityActions {

    private final Identities identities;

    IdentityActions(Identities identities) {
        this.identities = identities;
    }

    String verifyDomainIdentity(QueryRequest request) {
        Identity identity = identities.change(domain(request), same -> same);
        return Xml.text("VerificationToken", identity.verificationToken());
    }

    String verifyDomainDkim(QueryRequest request) {
        Identity identity = identities.change(domain(request), Identity::withDkim);
        return Xml.element("DkimTokens", members(identity.dkimTokens()));
    }

    String setMailFromDomain(QueryRequest request) {
        String name = request.require("Identity");
        String mailFrom = request.get("MailFromDomain");
        if (identities.find(name) == null) {
            throw SesFailure.invalidParameter("Identity <%s> does not exist.".formatted(name));
        }
        if (mailFrom == null || mailFrom.isEmpty()) {
            identities.change(name, identity -> identity.withMailFrom(null));
            return "";
        }
        if (!mailFrom.toLowerCase(Locale.ROOT).endsWith("." + name.toLowerCase(Locale.ROOT))) {
            throw SesFailure.invalidParameter(
                    "Provided MAIL-FROM domain <%s> is not subdomain of the domain of the identity <%s>."
                            .formatted(mailFrom, name));
        }
        identities.change(name, identity -> identity.withMailFrom(mailFrom));
        return "";
    }

    String delete(QueryRequest request) {
        identities.delete(request.require("Identity"));
        return "";
    }

    String verificationAttributes(QueryRequest request) {
        return entries("VerificationAttributes", request, this::verificationAttributes);
    }

    String dkimAttributes(QueryRequest request) {
        return entries("DkimAttributes", request, this::dkimAttributes);
    }

    String mailFromAttributes(QueryRequest request) {
        return entries("MailFromDomainAttributes", request, this::mailFromAttributes);
    }

    /// SES omits unknown identities.
    private @Nullable String verificationAttributes(@Nullable Identity identity) {
        return identity == null
                ? null
                : Xml.text("VerificationStatus", identities.status(identity))
                        + Xml.text("VerificationToken", identity.verificationToken());
    }

    private String dkimAttributes(@Nullable Identity identity) {
        boolean enabled = identity != null && !identity.dkimTokens().isEmpty();
        return Xml.text("DkimEnabled", String.valueOf(enabled))
                + Xml.text(
                        "DkimVerificationStatus",
                        enabled ? identities.status(identity) : "NotStarted")
                + Xml.element("DkimTokens", identity == null ? "" : members(identity.dkimTokens()));
    }

    private String mailFromAttributes(@Nullable Identity identity) {
        String domain = identity == null ? null : identity.mailFromDomain();
        return (domain == null
                        ? ""
                        : Xml.text("MailFromDomain", domain)
                                + Xml.text("MailFromDomainStatus", identities.status(identity)))
                + Xml.text("BehaviorOnMXFailure", "UseDefaultValue");
    }

    private String entries(
            String element,
            QueryRequest request,
            Function<@Nullable Identity, @Nullable String> attributes) {
        StringBuilder entries = new StringBuilder();
        for (String name : request.members("Identities")) {
            String value = attributes.apply(identities.find(name));
            if (value != null) {
                entries.append(
                        Xml.element("entry", Xml.text("key", name) + Xml.element("value", value)));
            }
        }
        return Xml.element(element, entries.toString());
    }

    private static String domain(QueryRequest request) {
        String domain = request.require("Domain");
        if (!domain.matches("[A-Za-z0-9._-]+\\.[A-Za-z0-9-]+")) {
            throw SesFailure.invalidParameter("Invalid domain name %s.".formatted(domain));
        }
        return domain;
    }

    private static String members(List<String> texts) {
        StringBuilder members = new StringBuilder();
        texts.forEach(text -> members.append(Xml.text("member", text)));
        return members.toString();
    }
}
