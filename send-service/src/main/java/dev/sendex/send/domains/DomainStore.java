package dev.sendex.send.domains;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.database.Rows;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/// Stores domains, and an audit record of each change in the same transaction.
@ApplicationScoped
class DomainStore {

    private static final String COLUMNS =
            """
            account_id, id, name, status, dkim_tokens, dkim_status, mail_from_domain,
            mail_from_status, region, challenge, challenge_status, created_at, verified_at
            """;

    private static final String ADD =
            "insert into domain ("
                    + COLUMNS
                    + ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    private static final String LIST = "select " + COLUMNS + "from domain where account_id = $1";

    private static final String FIND = LIST + " and id = $2";

    private static final String LOCK = FIND + " for no key update";

    private static final String CONFLICTING =
            "select "
                    + COLUMNS
                    + "from domain where name = $2 and (account_id = $1 or status = 'verified')";

    private static final String UPDATE =
            """
            update domain
            set status = $3, dkim_status = $4, mail_from_domain = $5, mail_from_status = $6,
                challenge_status = $7, verified_at = $8
            where account_id = $1 and id = $2
            """;

    private static final String REMOVE =
            "delete from domain where account_id = $1 and id = $2 returning " + COLUMNS;

    private static final String IN_USE = "select from domain where name = $1 limit 1";

    private final Pool pool;
    private final DomainAudit audit;

    DomainStore(Pool pool, DomainAudit audit) {
        this.pool = pool;
        this.audit = audit;
    }

    Uni<Domain> require(UUID accountId, UUID id) {
        return one(pool, FIND, accountId, id);
    }

    Uni<ListOf<DomainView>> list(UUID accountId, Page page, Function<Domain, DomainView> view) {
        return page.read(pool, LIST, Tuple.of(accountId), row -> view.apply(Domain.of(row)));
    }

    /// The domains of this name that this account has already or that another account has verified.
    Uni<List<Domain>> conflicting(UUID accountId, String name) {
        return pool.preparedQuery(CONFLICTING)
                .execute(Tuple.of(accountId, name))
                .map(rows ->
                        StreamSupport.stream(rows.spliterator(), false).map(Domain::of).toList());
    }

    Uni<Boolean> isInUse(String name) {
        return pool.preparedQuery(IN_USE).execute(Tuple.of(name)).map(rows -> rows.size() > 0);
    }

    Uni<Domain> add(Domain domain) {
        return pool.withTransaction(transaction ->
                        transaction
                                .preparedQuery(ADD)
                                .execute(columns(domain))
                                .chain(() -> audit.created(transaction, domain)))
                .invoke(audit::wake)
                .replaceWith(domain);
    }

    /// Updates a domain. Locks it first, so that the update and its audit record are based on the
    /// current state.
    Uni<Domain> check(UUID accountId, UUID id, UnaryOperator<Domain> check) {
        return pool.withTransaction(transaction ->
                        one(transaction, LOCK, accountId, id)
                                .chain(before -> update(transaction, before, check.apply(before))))
                .invoke(audit::wake);
    }

    private Uni<Domain> update(SqlConnection transaction, Domain before, Domain after) {
        return transaction
                .preparedQuery(UPDATE)
                .execute(
                        Tuple.tuple()
                                .addUUID(after.accountId())
                                .addUUID(after.id())
                                .addString(after.status())
                                .addString(after.dkimStatus())
                                .addString(after.mailFromDomain())
                                .addString(after.mailFromStatus())
                                .addString(after.challengeStatus())
                                .addOffsetDateTime(Rows.parameter(after.verifiedAt())))
                .chain(() -> audit.checked(transaction, before, after))
                .replaceWith(after);
    }

    Uni<Domain> remove(UUID accountId, UUID id) {
        return pool.withTransaction(transaction ->
                        one(transaction, REMOVE, accountId, id)
                                .call(domain -> audit.removed(transaction, domain)))
                .invoke(audit::wake);
    }

    private static Uni<Domain> one(SqlClient database, String statement, UUID accountId, UUID id) {
        return database.preparedQuery(statement)
                .execute(Tuple.of(accountId, id))
                .map(rows -> Domain.of(Rows.require(rows, DomainStore::unknown)));
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("No domain has this id.");
    }

    private static Tuple columns(Domain domain) {
        return Tuple.tuple()
                .addUUID(domain.accountId())
                .addUUID(domain.id())
                .addString(domain.name())
                .addString(domain.status())
                .addString(String.join(" ", domain.dkimTokens()))
                .addString(domain.dkimStatus())
                .addString(domain.mailFromDomain())
                .addString(domain.mailFromStatus())
                .addString(domain.region())
                .addString(domain.challenge())
                .addString(domain.challengeStatus())
                .addOffsetDateTime(Rows.parameter(domain.createdAt()))
                .addOffsetDateTime(Rows.parameter(domain.verifiedAt()));
    }
}
