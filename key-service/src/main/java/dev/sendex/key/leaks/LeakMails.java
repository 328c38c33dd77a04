package dev.sendex.key.leaks;

import dev.sendex.key.accounts.Members;
import dev.sendex.key.keys.LeakedKeys;
import dev.sendex.key.mail.Mail;
import dev.sendex.key.mail.Mails;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/// Tells people that a key of theirs was found, where mail is set up: an account without webhooks
/// would learn it from what fails.
@ApplicationScoped
class LeakMails {

    private static final Duration WORTH_TELLING = Duration.ofDays(3);

    private final Members members;
    private final Mails mails;
    private final Clock clock;

    LeakMails(Members members, Mails mails, Clock clock) {
        this.members = members;
        this.mails = mails;
        this.clock = clock;
    }

    /// Writes the mails down inside the caller's Hibernate transaction; the caller calls [#wake()]
    /// after the commit.
    Uni<Void> notify(LeakedKeys.LeakedKey found, String reason) {
        return members.emailsOfOwnersAnd(found.accountId(), found.ownerId())
                .onItem()
                .transformToMulti(emails -> Multi.createFrom().iterable(emails))
                .onItem()
                .transformToUniAndConcatenate(
                        email -> mails.notify(found.accountId(), mail(email, found, reason)))
                .collect()
                .last();
    }

    private Mail mail(String to, LeakedKeys.LeakedKey found, String reason) {
        return new Mail(
                to,
                "One of your Sendex API keys was leaked and revoked",
                """
                The API key "%s" was leaked. It is permanently revoked: requests that use it are \
                refused. What is known about the leak: %s

                Create a new key for every program that used it. The usage of the key and the \
                audit log of the account show what was done with it.
                """
                        .formatted(found.name(), reason),
                clock.instant().plus(WORTH_TELLING));
    }

    void wake() {
        mails.wake();
    }
}
