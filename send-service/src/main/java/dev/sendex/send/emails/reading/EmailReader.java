package dev.sendex.send.emails.reading;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.message.StoredRecipients;
import dev.sendex.send.ses.SesSender;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads an account's emails. Test keys see only test emails, and live keys only live ones.
@ApplicationScoped
class EmailReader {

    private static final String COLUMNS =
            "id, sender, sender_name, reply_to, subject, status, created_at, "
                    + StoredRecipients.COLUMNS;

    private static final String LIST =
            "select " + COLUMNS + "from email e where account_id = $1 and environment = $2";

    private static final String ONE =
            "select "
                    + COLUMNS
                    + """
                    , html, text, tags, ses_message_id, status_reason,
                    array(select case when suppressed then coalesce(r.status, 'suppressed') else r.status end
                        from email_recipient r
                        where r.account_id = e.account_id and r.email_id = e.id order by position)
                        as recipient_statuses
                    from email e join email_body b on b.account_id = e.account_id and b.email_id = e.id
                    where e.account_id = $1 and environment = $2 and id = $3
                    """;

    private static final String KNOWN =
            "select from email where account_id = $1 and environment = $2 and id = $3";

    private static final String EVENTS_BEFORE =
            """
            select id, type, occurred_at, detail from email_event
            where account_id = $1 and email_id = $2 and ($3::uuid is null or (occurred_at, id) < (
                select occurred_at, id from email_event
                where account_id = $1 and email_id = $2 and id = $3))
            order by occurred_at desc, id desc limit $4
            """;

    private static final String EVENTS_AFTER =
            """
            select id, type, occurred_at, detail from email_event
            where account_id = $1 and email_id = $2 and (occurred_at, id) > (
                select occurred_at, id from email_event
                where account_id = $1 and email_id = $2 and id = $3)
            order by occurred_at, id limit $4
            """;

    private final Pool pool;
    private final SesSender ses;

    EmailReader(Pool pool, SesSender ses) {
        this.pool = pool;
        this.ses = ses;
    }

    Uni<ListOf<EmailSummary>> list(Caller caller, Page page) {
        return page.read(
                pool,
                LIST,
                Tuple.of(caller.accountId(), caller.environment().value()),
                EmailRows::summary);
    }

    Uni<EmailView> require(Caller caller, String id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(caller.accountId(), caller.environment().value(), id(id)))
                .map(rows -> EmailRows.view(only(rows), ses));
    }

    Uni<ListOf<EmailEventView>> events(Caller caller, String emailId, Page page) {
        UUID id = id(emailId);
        return pool.preparedQuery(KNOWN)
                .execute(Tuple.of(caller.accountId(), caller.environment().value(), id))
                .invoke(EmailReader::only)
                .chain(() -> events(caller.accountId(), id, page));
    }

    private Uni<ListOf<EmailEventView>> events(UUID accountId, UUID emailId, Page page) {
        return pool.preparedQuery(page.before() == null ? EVENTS_BEFORE : EVENTS_AFTER)
                .execute(Tuple.of(accountId, emailId, cursor(page), page.fetch()))
                .map(rows -> page.slice(list(rows), EmailEventView::of));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw unknown();
        }
    }

    private static Row only(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw unknown();
        }
        return rows.iterator().next();
    }

    private static ProblemException unknown() {
        return NOT_FOUND.because("No email has this id.");
    }

    private static @Nullable UUID cursor(Page page) {
        return page.before() == null ? page.after() : page.before();
    }

    private static List<Row> list(RowSet<Row> rows) {
        List<Row> list = new ArrayList<>(rows.size());
        rows.forEach(list::add);
        return list;
    }
}
