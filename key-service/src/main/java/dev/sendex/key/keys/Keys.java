package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.event.KeyChange;
import dev.sendex.common.event.OutboxMessage;
import dev.sendex.common.event.OutboxRelay;
import dev.sendex.common.event.Topics;
import dev.sendex.common.identity.Caller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Issues, lists and revokes keys. Whoever caches keys is told of every change through the outbox,
/// in the order of the changes.
@ApplicationScoped
class Keys {

    private final ApiKeyRepository keys;
    private final Peppers peppers;
    private final KeyConfig config;
    private final OutboxRelay outbox;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Keys(
            ApiKeyRepository keys,
            Peppers peppers,
            KeyConfig config,
            OutboxRelay outbox,
            ObjectMapper json,
            Ids ids,
            Clock clock) {
        this.keys = keys;
        this.peppers = peppers;
        this.config = config;
        this.outbox = outbox;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /// Issues a key; the answer is the only one that shows its token.
    ///
    /// @throws dev.sendex.common.problem.ProblemException where the request is not well-formed, or
    ///   the key would be more than its creator
    Uni<KeyView> issue(IssueKey request, Caller creator) {
        KeySpec spec = KeyRules.specOf(request, creator, clock.instant());
        Escalation.refuse(spec, creator);
        ApiKeyToken token = ApiKeyToken.generate(spec.environment(), ids.next(), random);
        ApiKey key =
                new ApiKey(
                        token.keyId(), creator.accountId(), spec, token.hint(), peppers.mac(token));
        return Panache.withTransaction(() -> store(key))
                .invoke(() -> Log.infof("key issued keyId=%s", key.id))
                .map(_ -> view(key).with(token.value()));
    }

    @WithSession
    Uni<ListOf<KeyView>> list(UUID accountId, Page page) {
        return keys.list(accountId, page).map(found -> page.slice(found, this::view));
    }

    @WithSession
    Uni<KeyView> get(UUID accountId, UUID id) {
        return keys.find(accountId, id).map(Keys::require).map(this::view);
    }

    /// Revokes a key, at once and for ever. Revoking it again changes nothing.
    Uni<RevokedKey> revoke(UUID accountId, UUID id) {
        return Panache.withTransaction(() ->
                        keys.findForChange(accountId, id).map(Keys::require).call(this::revoke))
                .invoke(outbox::nudge)
                .map(key -> new RevokedKey(key.id));
    }

    private Uni<ApiKey> store(ApiKey key) {
        return keys.count("accountId = ?1 and revokedAt is null", key.accountId)
                .invoke(this::refuseAboveLimit)
                .chain(() -> keys.persist(key));
    }

    private void refuseAboveLimit(long held) {
        if (held >= config.limitPerAccount()) {
            throw CONFLICT.because(
                    "An account may hold %d keys; revoke one first."
                            .formatted(config.limitPerAccount()));
        }
    }

    private Uni<Void> revoke(ApiKey key) {
        if (key.isRevoked()) {
            return Uni.createFrom().voidItem();
        }
        key.revoke(clock.instant());
        Log.infof("key revoked keyId=%s", key.id);
        return announce(key);
    }

    private Uni<Void> announce(ApiKey key) {
        KeyChange change = new KeyChange(key.id, key.version, view(key).state().value());
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(OutboxMessage.INSERT_ORDINAL)
                                .setParameter(1, Topics.KEYS)
                                .setParameter(2, key.id.toString())
                                .setParameter(3, write(change))
                                .executeUpdate())
                .replaceWithVoid();
    }

    private String write(KeyChange change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private KeyView view(ApiKey key) {
        return KeyView.of(key, clock.instant(), config.expiringWithin());
    }

    private static ApiKey require(@Nullable ApiKey key) {
        if (key == null) {
            throw NOT_FOUND.because("There is no such API key.");
        }
        return key;
    }
}
