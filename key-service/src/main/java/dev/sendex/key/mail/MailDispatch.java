package dev.sendex.key.mail;

import dev.sendex.common.background.BackgroundTask;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;

/// Sends due emails, each by one instance at a time: claiming postpones an email until after the
/// longest possible send, and the delay doubles with every attempt up to an hour. The exponent is
/// limited as well, to prevent an overflow.
@ApplicationScoped
class MailDispatch {

    private static final int BATCH_SIZE = 10;
    private static final String CLAIM =
            """
            update mail set attempts = attempts + 1,
                due_at = now() + least(
                    ($1 * interval '1 second') * power(2, least(attempts, 12)), interval '1 hour')
            where id = any(array(
                select id from mail where due_at <= now() order by due_at limit $2
                for update skip locked))
            returning id, recipient, subject, body, expires_at <= now() as expired
            """;
    private static final String REMOVE = "delete from mail where id = $1";

    private final MailConfig config;
    private final MailSender sender;
    private final Pool pool;
    private final Counter done;
    private final Counter expired;
    private final Counter retries;
    private final BackgroundTask task;

    MailDispatch(
            MailConfig config, MailSender sender, Pool pool, Vertx vertx, MeterRegistry metrics) {
        this.config = config;
        this.sender = sender;
        this.pool = pool;
        this.done = metrics.counter("sendex.mails", "outcome", "done");
        this.expired = metrics.counter("sendex.mails", "outcome", "expired");
        this.retries = metrics.counter("sendex.mails", "outcome", "retried");
        this.task = new BackgroundTask(vertx, "mail dispatch poll", this::dispatch);
    }

    void start(@Observes StartupEvent started) {
        task.start(config.pollInterval());
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    void wake() {
        task.wake();
    }

    /// Returns whether there may be more.
    private Uni<Boolean> dispatch() {
        return claim().call(this::sendAll).map(mails -> mails.size() == BATCH_SIZE);
    }

    private Uni<RowSet<Row>> claim() {
        long lease = 2 * config.timeout().toSeconds();
        return pool.preparedQuery(CLAIM).execute(Tuple.of(lease, BATCH_SIZE));
    }

    private Uni<Void> sendAll(RowSet<Row> mails) {
        return Multi.createFrom()
                .iterable(mails)
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(Row mail) {
        UUID id = mail.getUUID("id");
        if (mail.getBoolean("expired")) {
            expired.increment();
            Log.warnf("mail expired before it was sent mailId=%s", id);
            return remove(id);
        }
        return sender.send(
                        id,
                        mail.getString("recipient"),
                        mail.getString("subject"),
                        mail.getString("body"))
                .invoke(isDone -> (isDone ? done : retries).increment())
                .chain(isDone -> isDone ? remove(id) : Uni.createFrom().voidItem());
    }

    private Uni<Void> remove(UUID id) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(id)).replaceWithVoid();
    }
}
