package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.key.keys.peppers.Peppers;
import dev.sendex.key.keys.spec.IssueKey;
import dev.sendex.key.keys.spec.KeySpec;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates keys and reads them.
@ApplicationScoped
class Keys {

    private final ApiKeyRepository keys;
    private final Peppers peppers;
    private final KeyConfig config;
    private final KeyEvents events;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Keys(
            ApiKeyRepository keys,
            Peppers peppers,
            KeyConfig config,
            KeyEvents events,
            Ids ids,
            Clock clock) {
        this.keys = keys;
        this.peppers = peppers;
        this.config = config;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /// Creates a key. Only this response contains its token.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if the request is not valid, or the key
    ///   would exceed its creator's access
    Uni<KeyView> issue(IssueKey request, Caller creator) {
        KeySpec spec = request.spec(creator.environment(), clock.instant());
        Escalation.refuse(spec, creator);
        ApiKeyToken token = ApiKeyToken.generate(spec.environment(), ids.next(), random);
        return Panache.withTransaction(() -> store(token, spec, creator))
                .invoke(events::wake)
                .invoke(key -> Log.infof("key issued keyId=%s", key.id))
                .map(key -> view(key).with(token.value()));
    }

    @WithSession
    Uni<ListOf<KeyView>> list(UUID accountId, KeyFilter filter, Page page) {
        return keys.list(accountId, filter, page, clock.instant(), config.expiringWithin())
                .map(found -> page.slice(found, this::view));
    }

    @WithSession
    Uni<KeyView> get(UUID accountId, UUID id) {
        return keys.find(accountId, id).map(Keys::require).map(this::view);
    }

    /// Counts last: by then the audit log has locked the account, so two concurrent requests cannot
    /// both create the last permitted key.
    private Uni<ApiKey> store(ApiKeyToken token, KeySpec spec, Caller creator) {
        return ownerOf(creator)
                .map(owner -> key(token, spec, creator, owner))
                .call(keys::persist)
                .call(key -> events.created(key, Actor.of(creator)))
                .call(this::refuseAboveLimit);
    }

    /// A key that is created by a key has the same owner as that key.
    private Uni<UUID> ownerOf(Caller creator) {
        return switch (creator) {
            case SessionCaller session -> Uni.createFrom().item(session.userId());
            case KeyCaller holder ->
                    keys.find(holder.accountId(), holder.grant().keyId())
                            .map(Keys::require)
                            .map(key -> key.ownerId);
        };
    }

    private ApiKey key(ApiKeyToken token, KeySpec spec, Caller creator, UUID owner) {
        ApiKey.Origin origin = new ApiKey.Origin(owner, creator, clock.instant());
        return new ApiKey(token.keyId(), origin, spec, token.hint(), peppers.mac(token));
    }

    private Uni<Long> refuseAboveLimit(ApiKey issued) {
        return keys.count("accountId = ?1 and revokedAt is null", issued.accountId)
                .invoke(held -> {
                    if (held > config.limitPerAccount()) {
                        throw CONFLICT.because(
                                "An account can have at most %d keys. Revoke one first."
                                        .formatted(config.limitPerAccount()));
                    }
                });
    }

    KeyView view(ApiKey key) {
        return KeyView.of(key, clock.instant(), config.expiringWithin());
    }

    static ApiKey require(@Nullable ApiKey key) {
        if (key == null) {
            throw NOT_FOUND.because("No API key has this id.");
        }
        return key;
    }
}
