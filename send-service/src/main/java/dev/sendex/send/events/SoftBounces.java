package dev.sendex.send.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Counts the soft bounces of each address since its last delivery.
@ApplicationScoped
class SoftBounces {

    private static final String ADD =
            """
            insert into soft_bounce (account_id, email_id, address, occurred_at)
            select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
            on conflict on constraint soft_bounce_pk do nothing
            """;

    /// A delivery of the same email cancels its soft bounce, which then was an automatic reply.
    private static final String RESET =
            """
            with ended as (
                select s.account_id, s.address, s.email_id
                from soft_bounce s
                join unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
                    as i (account_id, email_id, address, occurred_at)
                    on s.account_id = i.account_id and s.address = i.address
                        and (s.email_id = i.email_id or s.occurred_at <= i.occurred_at)
                order by s.account_id, s.address, s.email_id
                for update of s
            )
            delete from soft_bounce s using ended e
            where s.account_id = e.account_id and s.address = e.address and s.email_id = e.email_id
            """;

    private static final String EXPIRE =
            """
            delete from soft_bounce
            where (account_id, address, email_id) in (
                select account_id, address, email_id from soft_bounce
                where occurred_at < $1
                for update skip locked)
            """;

    /// Counting starts again if such an address is removed from the suppressions.
    private static final String TAKE_EXCEEDED =
            """
            with exceeded as (
                select account_id, address,
                    (array_agg(email_id order by occurred_at desc, email_id))[1] as email_id
                from soft_bounce
                where (account_id, address) in (select * from unnest($1::uuid[], $2::text[]))
                group by account_id, address
                having count(*) >= $3
            ), cleared as (
                delete from soft_bounce s using exceeded e
                where s.account_id = e.account_id and s.address = e.address
            )
            select account_id, email_id, address from exceeded
            """;

    private final SoftBounceConfig config;
    private final Clock clock;

    SoftBounces(SoftBounceConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /// A bounce from or a delivery to an address.
    ///
    /// @param address in lower case
    record Contact(EmailRef email, String address, Instant occurredAt) {}

    boolean suppressesExpired() {
        return config.expiredAtOnce();
    }

    /// Records bounces and deliveries, and returns the latest bounce of each address that is to be
    /// suppressed.
    Uni<List<Suppression>> record(
            SqlConnection transaction, List<Contact> bounces, List<Contact> deliveries) {
        if (config.threshold() == 0) {
            return Uni.createFrom().item(List.of());
        }
        return execute(transaction, ADD, bounces)
                .chain(() -> execute(transaction, RESET, deliveries))
                .chain(() ->
                        bounces.isEmpty()
                                ? Uni.createFrom().item(List.of())
                                : expire(transaction)
                                        .chain(() -> takeExceeded(transaction, bounces)));
    }

    private static Uni<Void> execute(
            SqlConnection transaction, String statement, List<Contact> contacts) {
        return contacts.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .preparedQuery(statement)
                        .execute(parameters(contacts))
                        .replaceWithVoid();
    }

    private Uni<Void> expire(SqlConnection transaction) {
        Instant start = clock.instant().minus(config.within());
        return transaction
                .preparedQuery(EXPIRE)
                .execute(Tuple.of(start.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private Uni<List<Suppression>> takeExceeded(SqlConnection transaction, List<Contact> bounces) {
        return transaction
                .preparedQuery(TAKE_EXCEEDED)
                .execute(
                        Tuple.tuple()
                                .addArrayOfUUID(
                                        EmailRef.array(
                                                bounces,
                                                one -> one.email().accountId(),
                                                UUID[]::new))
                                .addArrayOfString(addresses(bounces))
                                .addLong((long) config.threshold()))
                .map(SoftBounces::suppressions);
    }

    private static List<Suppression> suppressions(RowSet<Row> rows) {
        List<Suppression> suppressions = new ArrayList<>();
        for (Row row : rows) {
            EmailRef email = new EmailRef(row.getUUID("account_id"), row.getUUID("email_id"));
            suppressions.add(new Suppression(email, row.getString("address"), "bounce"));
        }
        return suppressions;
    }

    private static Tuple parameters(List<Contact> contacts) {
        return EmailRef.keys(contacts, Contact::email)
                .addArrayOfString(addresses(contacts))
                .addArrayOfOffsetDateTime(
                        EmailRef.array(
                                contacts,
                                one -> one.occurredAt().atOffset(ZoneOffset.UTC),
                                OffsetDateTime[]::new));
    }

    private static String[] addresses(List<Contact> contacts) {
        return EmailRef.array(contacts, Contact::address, String[]::new);
    }
}
