package dev.sendex.send.contacts;

import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.UUID;

/// Stores contacts.
@ApplicationScoped
class ContactStore {

    private static final String ADD =
            """
            insert into contact (
                account_id, id, email, first_name, last_name, unsubscribed, created_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String LIST =
            """
            select id, email, first_name, last_name, unsubscribed, created_at
            from contact where account_id = $1
            """;

    private final Pool pool;

    ContactStore(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> add(UUID accountId, ContactView contact) {
        return pool.preparedQuery(ADD)
                .execute(
                        Tuple.tuple()
                                .addUUID(accountId)
                                .addUUID(contact.id())
                                .addString(contact.email())
                                .addString(contact.firstName())
                                .addString(contact.lastName())
                                .addBoolean(contact.unsubscribed())
                                .addOffsetDateTime(contact.createdAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<ListOf<ContactView>> list(UUID accountId, Page page) {
        return page.read(pool, LIST, Tuple.of(accountId), ContactView::of);
    }
}
