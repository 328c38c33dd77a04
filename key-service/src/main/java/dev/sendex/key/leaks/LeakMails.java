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

/// Emails members that their key was leaked, if email is configured, since not every account has
/// webhooks.
@ApplicationScoped
class LeakMails {

    private static final Duration MAIL_LIFETIME = Duration.ofDays(3);

    private final Members members;
    private final Mails mails;
    private final Clock clock;

    LeakMails(Members members, Mails mails, Clock clock) {
        this.members = members;
        this.mails = mails;
        this.clock = clock;
    }

    /// Stores the emails inside the caller's Hibernate transaction. The caller calls [#wake()]
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
                clock.instant().plus(MAIL_LIFETIME));
    }

    void wake() {
        mails.wake();
    }
}
