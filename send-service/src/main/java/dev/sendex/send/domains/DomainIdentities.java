package dev.sendex.send.domains;

import dev.sendex.send.ses.SesIdentities;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// The identities of SES behind the domains. One that was there before Sendex needed it serves
/// something else in the operator's AWS account: it is used as it is, and neither changed nor
/// deleted.
@ApplicationScoped
class DomainIdentities {

    private static final String IS_OURS = "select from ses_identity where name = $1";
    private static final String ADD =
            "insert into ses_identity (name) values ($1) on conflict do nothing";
    private static final String REMOVE = "delete from ses_identity where name = $1";

    private final Pool pool;
    private final SesIdentities ses;

    DomainIdentities(Pool pool, SesIdentities ses) {
        this.pool = pool;
        this.ses = ses;
    }

    /// Makes the domain an identity, unless it is one.
    ///
    /// @return its DKIM tokens
    Uni<List<String>> open(String name, String mailFromDomain) {
        return isOurs(name)
                .chain(ours ->
                        ours ? ses.register(name, mailFromDomain) : find(name, mailFromDomain));
    }

    private Uni<List<String>> find(String name, String mailFromDomain) {
        return ses.knows(name)
                .chain(known -> known ? ses.dkimTokens(name) : make(name, mailFromDomain));
    }

    /// Ours before it is there, so that nobody who adds the same domain meanwhile takes it for
    /// somebody else's; no longer if it could not be made, since then the next one may not be.
    private Uni<List<String>> make(String name, String mailFromDomain) {
        return execute(ADD, name)
                .chain(() -> ses.register(name, mailFromDomain))
                .onFailure()
                .call(() -> execute(REMOVE, name));
    }

    /// What SES knows of an identity whose domain is proven. An account that has not proven it may
    /// have set another MAIL FROM meanwhile, which is put right.
    Uni<SesIdentities.State> settle(String name, String mailFromDomain) {
        return ses.state(name)
                .chain(state ->
                        state.verification() == null
                                        || mailFromDomain.equals(state.mailFromDomain())
                                ? Uni.createFrom().item(state)
                                : putRight(name, mailFromDomain, state));
    }

    private Uni<SesIdentities.State> putRight(
            String name, String mailFromDomain, SesIdentities.State state) {
        return isOurs(name)
                .chain(ours ->
                        ours
                                ? ses.setMailFrom(name, mailFromDomain).chain(() -> ses.state(name))
                                : Uni.createFrom().item(state));
    }

    /// Deletes the identity, if Sendex has made it.
    Uni<Void> close(String name) {
        return isOurs(name)
                .chain(ours ->
                        ours
                                ? ses.delete(name).chain(() -> execute(REMOVE, name))
                                : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isOurs(String name) {
        return pool.preparedQuery(IS_OURS).execute(Tuple.of(name)).map(rows -> rows.size() > 0);
    }

    private Uni<Void> execute(String statement, String name) {
        return pool.preparedQuery(statement).execute(Tuple.of(name)).replaceWithVoid();
    }
}
