package dev.sendex.key.sessions;

import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.identity.session.SessionStatus;
import dev.sendex.key.accounts.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Reads sessions from the database: an ended session is refused immediately, and the member's
/// current role applies.
@ApplicationScoped
class OpenSessions implements SessionStatus {

    private static final String ROLE =
            """
            select role from session
            join member on member.id = session.member_id
            where session.id = $1 and session.member_id = $2 and ended_at is null
                and expires_at > now()
            """;

    private final Pool pool;

    OpenSessions(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<@Nullable SessionCaller> of(SessionCaller signed, String token) {
        return pool.preparedQuery(ROLE)
                .execute(Tuple.of(signed.sessionId(), signed.userId()))
                .map(rows -> current(signed, rows));
    }

    private static @Nullable SessionCaller current(SessionCaller signed, RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Role role = Role.of(rows.iterator().next().getString("role"));
        return new SessionCaller(
                signed.userId(),
                signed.accountId(),
                signed.sessionId(),
                role.value(),
                role.permissions());
    }
}
