package dev.sendex.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/// The work of send-service for an account, with the same statements.
enum Work {
    /// `GET /v1/emails/{id}`
    READ("read an email") {
        @Override
        Future<?> run(Scope scope, ServedAccount tenant) {
            Tuple parameters = Tuple.of(tenant.account(), tenant.anEmail());
            return scope.alone(
                    tenant.connection(),
                    tenant.account(),
                    () -> execute(tenant.connection(), ONE, parameters));
        }
    },
    /// `GET /v1/emails`
    LIST("list 20 emails") {
        @Override
        Future<?> run(Scope scope, ServedAccount tenant) {
            return scope.alone(
                    tenant.connection(),
                    tenant.account(),
                    () -> execute(tenant.connection(), NEWEST, Tuple.of(tenant.account())));
        }
    },
    /// `POST /v1/emails`
    ACCEPT("accept an email") {
        @Override
        Future<?> run(Scope scope, ServedAccount tenant) {
            Tuple parameters = Tuple.of(tenant.account(), UUID.randomUUID());
            return scope.alone(
                    tenant.connection(),
                    tenant.account(),
                    () -> execute(tenant.connection(), ADD, parameters));
        }
    },
    /// `POST /v1/contacts`
    CREATE("create a contact") {
        @Override
        Future<?> run(Scope scope, ServedAccount tenant) {
            Tuple parameters = Tuple.of(tenant.account(), UUID.randomUUID());
            return scope.inTransaction(
                    tenant.connection(),
                    tenant.account(),
                    () -> execute(tenant.connection(), ADD_CONTACT, parameters));
        }
    };

    private static final String COLUMNS =
            """
            select id, sender, sender_name, reply_to, subject, status, created_at,
                array(select kind from email_recipient r
                    where r.account_id = e.account_id and r.email_id = e.id order by position),
                array(select address from email_recipient r
                    where r.account_id = e.account_id and r.email_id = e.id order by position),
                array(select name from email_recipient r
                    where r.account_id = e.account_id and r.email_id = e.id order by position)
            """;
    private static final String NEWEST =
            COLUMNS
                    + """
                    from email e
                    where account_id = $1 and environment = 'live'
                        and id < coalesce(null::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                    order by id desc limit 21
                    """;
    private static final String ONE =
            COLUMNS
                    + """
                    , html, text, tags, ses_message_id, status_reason
                    from email e join email_body b on b.account_id = e.account_id and b.email_id = e.id
                    where e.account_id = $1 and environment = 'live' and id = $2
                    """;
    private static final String ADD =
            """
            with sender as (
                select 1 from domain
                where account_id = $1::uuid and name = 'mail.example' and status = 'verified'
            ), accepted as (
                insert into email (
                    account_id, id, environment, key_id, sender, sender_name, reply_to, subject,
                    headers, tags, status, created_at)
                select $1, $2::uuid, 'live', null, 'hello@mail.example', null, '{}',
                    'Your order is confirmed', '{}', '{}', 'queued', now()
                from sender
                returning account_id, id, created_at
            ), body as (
                insert into email_body (account_id, email_id, html, text)
                select account_id, id, '<h1>Thanks for your order!</h1>', null from accepted
            ), recipient as (
                insert into email_recipient (account_id, email_id, position, kind, address, name)
                select account_id, id, 1, 'to', 'somebody@elsewhere.example', null from accepted
            ), queued as (
                insert into dispatch (
                    account_id, email_id, environment, recipients, size_bytes, state, due_at,
                    created_at)
                select account_id, id, 'live', 1, 500, 'waiting', now(), created_at from accepted
            )
            select id from accepted
            """;
    private static final String ADD_CONTACT =
            """
            insert into contact (account_id, id, email, unsubscribed, created_at)
            values ($1, $2::uuid, $2::uuid::text, false, now())
            """;

    private final String title;

    Work(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Runs the work once.
    abstract Future<?> run(Scope scope, ServedAccount tenant);

    private static Future<?> execute(SqlConnection connection, String statement, Tuple parameters) {
        return connection.preparedQuery(statement).execute(parameters).map(Work::requireRows);
    }

    private static RowSet<Row> requireRows(RowSet<Row> answer) {
        if (answer.rowCount() == 0) {
            throw new IllegalStateException("nothing was read or written");
        }
        return answer;
    }
}
