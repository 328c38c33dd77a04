package dev.sendex.key.mail;

import dev.sendex.common.runtime.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Mails that go out once the transaction has committed that they are part of.
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

    /// Whether mails are sent at all. Where not, show people what the mail would have said.
    public boolean isSetUp() {
        return sender.isSetUp();
    }

    /// Writes the mail down inside the caller's Hibernate transaction; [#wake()] after the commit
    /// sends it at once.
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

    /// As [#send], where mails are sent at all: for what people should hear, and can do without.
    public Uni<Void> notify(UUID accountId, Mail mail) {
        return isSetUp() ? send(accountId, mail) : Uni.createFrom().voidItem();
    }

    /// Says that a transaction with a mail has committed. Returns at once.
    public void wake() {
        dispatch.wake();
    }
}
