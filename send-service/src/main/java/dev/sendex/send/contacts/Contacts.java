package dev.sendex.send.contacts;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.contacts.ContactsResource.CreateContact;
import dev.sendex.send.database.Violations;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.HeaderText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Use cases of contacts. An address is unique within an account, ignoring case.
@ApplicationScoped
class Contacts {

    private static final int MAX_NAME = 200;

    private final ContactStore contacts;
    private final Ids ids;
    private final Clock clock;

    Contacts(ContactStore contacts, Ids ids, Clock clock) {
        this.contacts = contacts;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<ContactView> create(UUID accountId, @Nullable CreateContact request) {
        ContactView contact = contact(request);
        return contacts.add(accountId, contact)
                .replaceWith(contact)
                .onFailure(Violations.of("contact_email_unique"))
                .transform(lost ->
                        CONFLICT.because("The account already has a contact with this email."));
    }

    Uni<ListOf<ContactView>> list(UUID accountId, Page page) {
        return contacts.list(accountId, page);
    }

    private ContactView contact(@Nullable CreateContact request) {
        if (request == null) {
            throw MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
        }
        return new ContactView(
                "contact",
                ids.next(),
                email(request.email()),
                name("first_name", request.firstName()),
                name("last_name", request.lastName()),
                Boolean.TRUE.equals(request.unsubscribed()),
                clock.instant());
    }

    private static String email(@Nullable String email) {
        if (email == null || email.isBlank()) {
            throw MISSING_REQUIRED_FIELD.on("email", "is required");
        }
        try {
            EmailAddress address = EmailAddress.parse(email);
            if (address.name() != null) {
                throw INVALID_PARAMETER.on("email", "must be an address without a display name");
            }
            return address.mailbox();
        } catch (MalformedAddress e) {
            throw INVALID_PARAMETER.on("email", e.reason());
        }
    }

    private static @Nullable String name(String field, @Nullable String name) {
        if (name != null && (name.length() > MAX_NAME || HeaderText.isUnsafe(name))) {
            throw INVALID_PARAMETER.on(
                    field,
                    "must have at most %d characters, and no line breaks".formatted(MAX_NAME));
        }
        return name;
    }
}
