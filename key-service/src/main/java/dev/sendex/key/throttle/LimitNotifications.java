package dev.sendex.key.throttle;

import dev.sendex.common.runtime.Ids;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.throttle.Throttle.Counts;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/// Emails members, if email is configured, that attempts on their account have reached the limit.
@ApplicationScoped
public class LimitNotifications {

    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final String ADD =
            """
            insert into mail (id, account_id, recipient, subject, body, expires_at)
            select $1, account_id, email, $3, $4, $5 from member where email = $2
            """;

    private final Mails mails;
    private final Pool pool;
    private final Ids ids;
    private final Clock clock;

    LimitNotifications(Mails mails, Pool pool, Ids ids, Clock clock) {
        this.mails = mails;
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
    }

    /// Emails the member with this address, if there is one and the attempt reached the limit. A
    /// failure is only logged.
    public Uni<Void> send(Counts counts, String email, String subject, String text) {
        if (!counts.reached() || !mails.isConfigured()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ADD)
                .execute(
                        Tuple.of(
                                ids.next(),
                                email,
                                subject,
                                text,
                                clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC)))
                .invoke(mails::wake)
                .onFailure()
                .invoke(failure ->
                        Log.warnf("limit notification failed cause=%s", failure.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
