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

/// Tells members, where mail is set up, that attempts on them reached the bound.
@ApplicationScoped
public class LimitNotices {

    private static final Duration WORTH_TELLING = Duration.ofDays(1);
    private static final String ADD =
            """
            insert into mail (id, account_id, recipient, subject, body, expires_at)
            select $1, account_id, email, $3, $4, $5 from member where email = $2
            """;

    private final Mails mails;
    private final Pool pool;
    private final Ids ids;
    private final Clock clock;

    LimitNotices(Mails mails, Pool pool, Ids ids, Clock clock) {
        this.mails = mails;
        this.pool = pool;
        this.ids = ids;
        this.clock = clock;
    }

    /// Mails the member with this email, if the attempt reached the bound and there is one. That it
    /// cannot be told fails nothing.
    public Uni<Void> tell(Counts counts, String email, String subject, String text) {
        if (!counts.reached() || !mails.isSetUp()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ADD)
                .execute(
                        Tuple.of(
                                ids.next(),
                                email,
                                subject,
                                text,
                                clock.instant().plus(WORTH_TELLING).atOffset(ZoneOffset.UTC)))
                .invoke(mails::wake)
                .onFailure()
                .invoke(failure ->
                        Log.warnf("mailing limit notice failed cause=%s", failure.toString()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
