package dev.sendex.send.contacts;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.database.Violations;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.message.HeaderText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What accounts do with their contacts. An address is there once, however its letters are cased.
@ApplicationScoped
class Contacts {

    private static final int MAX_NAME = 200;

    private final ContactRepository contacts;
    private final Ids ids;
    private final Clock clock;

    Contacts(ContactRepository contacts, Ids ids, Clock clock) {
        this.contacts = contacts;
        this.ids = ids;
        this.clock = clock;
    }

    Uni<ContactView> create(UUID accountId, @Nullable CreateContact request) {
        return contacts.add(contact(accountId, request))
                .map(ContactView::of)
                .onFailure(Violations.of("contact_email_unique"))
                .transform(lost ->
                        CONFLICT.because("The account already has a contact with this email."));
    }

    Uni<ListOf<ContactView>> list(UUID accountId, Page page) {
        return contacts.page(accountId, page).map(rows -> page.slice(rows, ContactView::of));
    }

    private Contact contact(UUID accountId, @Nullable CreateContact request) {
        if (request == null) {
            throw MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
        }
        Contact contact = new Contact();
        contact.accountId = accountId;
        contact.id = ids.next();
        contact.email = email(request.email());
        contact.firstName = name("first_name", request.firstName());
        contact.lastName = name("last_name", request.lastName());
        contact.unsubscribed = Boolean.TRUE.equals(request.unsubscribed());
        contact.createdAt = clock.instant();
        return contact;
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
