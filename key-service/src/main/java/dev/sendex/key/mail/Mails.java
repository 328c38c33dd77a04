package dev.sendex.key.mail;

import dev.sendex.common.runtime.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Stores emails in the caller's transaction, which are sent after its commit.
@ApplicationScoped
public class Mails {

    private static final String ADD =
            """
            insert into mail (id, account_id, recipient, subject, body, expires_at)
            values (?1, ?2, ?3, ?4, ?5, ?6)
            """;

    private final MailSender sender;
    private final MailDispatch dispatch;
    private final Ids ids;

    Mails(MailSender sender, MailDispatch dispatch, Ids ids) {
        this.sender = sender;
        this.dispatch = dispatch;
        this.ids = ids;
    }

    /// Whether email is configured. If not, show the link in the response.
    public boolean isConfigured() {
        return sender.isConfigured();
    }

    /// Stores the email inside the caller's Hibernate transaction. Call [#wake()] after the commit
    /// to send it immediately.
    public Uni<Void> send(UUID accountId, Mail mail) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(ADD)
                                .setParameter(1, ids.next())
                                .setParameter(2, accountId)
                                .setParameter(3, mail.to())
                                .setParameter(4, mail.subject())
                                .setParameter(5, mail.text())
                                .setParameter(6, mail.expiresAt())
                                .executeUpdate())
                .replaceWithVoid();
    }

    /// Like [#send], but does nothing if email is not configured. For optional notifications.
    public Uni<Void> notify(UUID accountId, Mail mail) {
        return isConfigured() ? send(accountId, mail) : Uni.createFrom().voidItem();
    }

    /// Sends stored emails. Call it after the commit. Returns immediately.
    public void wake() {
        dispatch.wake();
    }
}
