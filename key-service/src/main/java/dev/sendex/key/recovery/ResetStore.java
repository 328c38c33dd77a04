package dev.sendex.key.recovery;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.runtime.Ids;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.links.LinkToken;
import dev.sendex.key.mail.Mail;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Stores the links, as hashes of their tokens.
@ApplicationScoped
class ResetStore {

    /// One statement, so that it is atomic. An earlier link of the member is replaced.
    private static final String MAIL_LINK =
            """
            with found as (
                select id, account_id from member where email = $1
            ), reset as (
                insert into password_reset (member_id, account_id, token_hash, expires_at)
                select id, account_id, $2::bytea, $3::timestamptz from found
                on conflict (member_id) do update set
                    token_hash = excluded.token_hash, expires_at = excluded.expires_at,
                    made_by = null
            )
            insert into mail (id, account_id, recipient, subject, body, expires_at)
            select $4::uuid, account_id, $1, $5::text, $6::text, $3::timestamptz from found
            """;

    private static final String UPSERT =
            """
            insert into password_reset (member_id, account_id, token_hash, expires_at, made_by)
            values (?1, ?2, ?3, ?4, ?5)
            on conflict (member_id) do update set
                token_hash = excluded.token_hash, expires_at = excluded.expires_at,
                made_by = excluded.made_by
            """;
    private static final String FIND =
            "select 1 from password_reset where token_hash = $1 and expires_at > $2";
    private static final String CONSUME =
            """
            delete from password_reset where token_hash = ?1 and expires_at > ?2
            returning member_id, made_by
            """;
    private static final String REMOVE = "delete from password_reset where member_id = ?1";

    private final Pool pool;
    private final Ids ids;
    private final Clock clock;

    ResetStore(Pool pool, Ids ids, Clock clock) {
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
    }

    /// A used link.
    ///
    /// @param madeBy the member who created it, null if it was requested by email
    record Link(UUID memberId, @Nullable UUID madeBy) {

        static Link of(Object[] row) {
            return new Link((UUID) row[0], (UUID) row[1]);
        }
    }

    /// Emails a link to the member with the email's address, if there is one.
    Uni<Void> mailLink(LinkToken token, Mail mail) {
        return pool.preparedQuery(MAIL_LINK)
                .execute(
                        Tuple.of(
                                mail.to(),
                                Buffer.buffer(token.hash()),
                                mail.expiresAt().atOffset(ZoneOffset.UTC),
                                ids.next(),
                                mail.subject(),
                                mail.text()))
                .replaceWithVoid();
    }

    /// Stores a link inside the caller's Hibernate transaction.
    Uni<Void> upsert(MemberAccount member, LinkToken token, Instant expiresAt, UUID madeBy) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(UPSERT)
                                .setParameter(1, member.id())
                                .setParameter(2, member.accountId())
                                .setParameter(3, token.hash())
                                .setParameter(4, expiresAt)
                                .setParameter(5, madeBy)
                                .executeUpdate())
                .replaceWithVoid();
    }

    /// Refuses a link that is used, replaced or expired.
    Uni<Void> require(LinkToken token) {
        return pool.preparedQuery(FIND)
                .execute(
                        Tuple.of(
                                Buffer.buffer(token.hash()),
                                clock.instant().atOffset(ZoneOffset.UTC)))
                .invoke(found -> {
                    if (found.size() == 0) {
                        throw notFound();
                    }
                })
                .replaceWithVoid();
    }

    /// Deletes the member's link inside the caller's Hibernate transaction.
    Uni<Void> remove(UUID memberId) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(REMOVE).setParameter(1, memberId).executeUpdate())
                .replaceWithVoid();
    }

    /// Consumes the link inside the caller's Hibernate transaction.
    Uni<Link> consume(LinkToken token) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(CONSUME, Object[].class)
                                .setParameter(1, token.hash())
                                .setParameter(2, clock.instant())
                                .getResultList())
                .map(ResetStore::first);
    }

    private static Link first(List<Object[]> links) {
        if (links.isEmpty()) {
            throw notFound();
        }
        return Link.of(links.getFirst());
    }

    static RuntimeException notFound() {
        return NOT_FOUND.because("This link is used, replaced or expired. Request a new one.");
    }
}
