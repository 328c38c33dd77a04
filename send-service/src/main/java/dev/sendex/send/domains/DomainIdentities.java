package dev.sendex.send.domains;

import dev.sendex.send.ses.SesIdentities;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// The SES identities of the domains. An identity that Sendex did not create is used by something
/// else in the operator's AWS account, so Sendex uses it but never changes or deletes it.
@ApplicationScoped
class DomainIdentities {

    private static final String IS_MANAGED = "select from ses_identity where name = $1";
    private static final String ADD =
            "insert into ses_identity (name) values ($1) on conflict do nothing";
    private static final String REMOVE = "delete from ses_identity where name = $1";

    private final Pool pool;
    private final SesIdentities ses;

    DomainIdentities(Pool pool, SesIdentities ses) {
        this.pool = pool;
        this.ses = ses;
    }

    /// Makes the domain an SES identity if it is not one already.
    ///
    /// @return its DKIM tokens
    Uni<List<String>> ensure(String name, String mailFromDomain) {
        return isManaged(name)
                .chain(managed ->
                        managed ? ses.register(name, mailFromDomain) : find(name, mailFromDomain));
    }

    private Uni<List<String>> find(String name, String mailFromDomain) {
        return ses.knows(name)
                .chain(known -> known ? ses.dkimTokens(name) : create(name, mailFromDomain));
    }

    /// Recorded as created by Sendex before it is created, so that a concurrent request for the
    /// same domain does not treat it as a foreign identity. The record is removed again if creation
    /// fails.
    private Uni<List<String>> create(String name, String mailFromDomain) {
        return execute(ADD, name)
                .chain(() -> ses.register(name, mailFromDomain))
                .onFailure()
                .call(() -> execute(REMOVE, name));
    }

    /// The state of the identity of a proven domain. Restores its MAIL FROM domain, which another
    /// account that has not proven the domain may have changed.
    Uni<SesIdentities.State> syncState(String name, String mailFromDomain) {
        return ses.state(name)
                .chain(state ->
                        state.verification() == null
                                        || mailFromDomain.equals(state.mailFromDomain())
                                ? Uni.createFrom().item(state)
                                : restoreMailFrom(name, mailFromDomain, state));
    }

    private Uni<SesIdentities.State> restoreMailFrom(
            String name, String mailFromDomain, SesIdentities.State state) {
        return isManaged(name)
                .chain(managed ->
                        managed
                                ? ses.setMailFrom(name, mailFromDomain).chain(() -> ses.state(name))
                                : Uni.createFrom().item(state));
    }

    /// Deletes the identity if Sendex created it.
    Uni<Void> delete(String name) {
        return isManaged(name)
                .chain(managed ->
                        managed
                                ? ses.delete(name).chain(() -> execute(REMOVE, name))
                                : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isManaged(String name) {
        return pool.preparedQuery(IS_MANAGED).execute(Tuple.of(name)).map(rows -> rows.size() > 0);
    }

    private Uni<Void> execute(String statement, String name) {
        return pool.preparedQuery(statement).execute(Tuple.of(name)).replaceWithVoid();
    }
}
