package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.audit.Actor;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.keys.KeyEvents.Change;
import dev.sendex.key.keys.KeyView.KeyTerms;
import dev.sendex.key.keys.peppers.Peppers;
import dev.sendex.key.keys.spec.KeySpec;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Edits, rotates and revokes keys. Each change locks the key's row, so that changes of one key are
/// serialised and services that cache the key receive them in that order.
@ApplicationScoped
class KeyChanges {

    private static final int MAX_REASON = 200;

    private final Keys views;
    private final KeysWithUsage keysInUse;
    private final ApiKeyRepository keys;
    private final KeyEdit edits;
    private final Peppers peppers;
    private final KeyEvents events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KeyChanges(
            Keys views,
            KeysWithUsage keysInUse,
            ApiKeyRepository keys,
            KeyEdit edits,
            Peppers peppers,
            KeyEvents events,
            Clock clock) {
        this.views = views;
        this.keysInUse = keysInUse;
        this.keys = keys;
        this.edits = edits;
        this.peppers = peppers;
        this.events = events;
        this.clock = clock;
    }

    /// Edits a key.
    ///
    /// @param expected the version that the caller has read; the edit is refused if it is outdated
    /// @throws dev.sendex.common.problem.ProblemException if the key would exceed the caller's
    ///   access, is revoked, or has another version than expected
    Uni<KeyView> edit(Caller caller, UUID id, KeyVersion expected, ObjectNode edit) {
        return change(caller, id, key -> edit(key, caller, expected, edit));
    }

    private Uni<KeyView> edit(ApiKey key, Caller caller, KeyVersion expected, ObjectNode edit) {
        expected.refuseOther(key.version);
        KeySpec edited = edits.apply(key, edit, clock.instant());
        Escalation.refuse(edited, caller);
        KeyTerms before = KeyTerms.of(key);
        key.become(edited);
        KeyTerms after = KeyTerms.of(key);
        return events.changed(key, new Change("api_key.updated", Actor.of(caller), before, after))
                .map(_ -> views.view(key));
    }

    /// Gives a key a new token and changes nothing else. The previous token stays valid until the
    /// overlap ends and counts against the same limits.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if the key exceeds the caller's access,
    ///   is revoked, has expired, or is already being rotated
    Uni<KeyView> rotate(Caller caller, UUID id, Duration overlap) {
        return change(caller, id, key -> rotate(key, caller, overlap));
    }

    private Uni<KeyView> rotate(ApiKey key, Caller caller, Duration overlap) {
        refuseUnlessRotatable(key);
        Escalation.refuse(key.spec(), caller);
        Escalation.refuseFurtherLimits(key, caller);
        ApiKeyToken token = tokenFor(key);
        key.rotate(token.hint(), peppers.mac(token), overlapEnd(overlap));
        return events.changed(key, new Change("api_key.rotated", Actor.of(caller), null, null))
                .map(_ -> views.view(key).with(token.value()));
    }

    /// Rounded up to a whole second, the precision of introspection.
    private Instant overlapEnd(Duration overlap) {
        Instant end = clock.instant().plus(overlap);
        Instant second = end.truncatedTo(ChronoUnit.SECONDS);
        return overlap.isZero() || end.equals(second) ? end : second.plusSeconds(1);
    }

    private ApiKeyToken tokenFor(ApiKey key) {
        Environment environment = key.spec().environment();
        return ApiKeyToken.generate(environment, key.id, random);
    }

    private void refuseUnlessRotatable(ApiKey key) {
        if (key.isExpiredAt(clock.instant())) {
            throw CONFLICT.because("The key has expired. Set a new `expires_at` first.");
        }
        if (key.isRotatingAt(clock.instant())) {
            throw CONFLICT.because(
                    "The key is being rotated. Wait for the overlap to end, or end it with"
                            + " DELETE /v1/api-keys/{id}/rotation.");
        }
    }

    /// Ends a rotation's overlap now: the previous token is refused from here on.
    Uni<KeyView> endOverlap(Caller caller, UUID id) {
        return change(caller, id, key -> endOverlap(key, caller));
    }

    private Uni<KeyView> endOverlap(ApiKey key, Caller caller) {
        if (!key.isRotatingAt(clock.instant())) {
            throw CONFLICT.because("The key is not being rotated.");
        }
        key.endOverlap();
        return events.changed(
                        key, new Change("api_key.rotation_ended", Actor.of(caller), null, null))
                .map(_ -> views.view(key));
    }

    /// Revokes a key immediately and permanently. Revoking it again changes nothing.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if the caller is a key that could not
    ///   have created this one
    Uni<Deleted> revoke(Caller caller, UUID id, @Nullable String reason) {
        refuseUnusable(reason);
        return Panache.withTransaction(() ->
                        keys.findForChange(caller.accountId(), id)
                                .map(Keys::require)
                                .invoke(key -> Escalation.refuseGreater(key, caller))
                                .call(key -> revoke(key, caller, reason)))
                .invoke(events::wake)
                .map(key -> new Deleted("api_key", key.id));
    }

    private static void refuseUnusable(@Nullable String reason) {
        if (reason != null && reason.length() > MAX_REASON) {
            throw VALIDATION_ERROR.on("reason", "has at most %d characters".formatted(MAX_REASON));
        }
        if (reason != null && reason.chars().anyMatch(Character::isISOControl)) {
            throw VALIDATION_ERROR.on("reason", "must not contain control characters");
        }
    }

    private Uni<Void> revoke(ApiKey key, Caller caller, @Nullable String reason) {
        if (key.isRevoked()) {
            return Uni.createFrom().voidItem();
        }
        key.revoke(clock.instant(), reason);
        Log.infof("key revoked keyId=%s", key.id);
        Object after = reason == null ? null : Map.of("revoked_reason", reason);
        return events.changed(key, new Change("api_key.revoked", Actor.of(caller), null, after));
    }

    private Uni<KeyView> change(Caller caller, UUID id, Function<ApiKey, Uni<KeyView>> change) {
        return Panache.withTransaction(() ->
                        keys.findForChange(caller.accountId(), id)
                                .map(Keys::require)
                                .invoke(KeyChanges::refuseRevoked)
                                .invoke(key -> Escalation.refuseGreater(key, caller))
                                .chain(change::apply))
                .invoke(events::wake)
                .chain(key -> withUseIfKnown(caller, key));
    }

    /// The change is committed and the new token is shown only in this response, so a failure to
    /// read the usage must not prevent it.
    private Uni<KeyView> withUseIfKnown(Caller caller, KeyView key) {
        return keysInUse
                .withUse(caller.accountId(), key)
                .onFailure()
                .invoke(failure ->
                        Log.warnf(
                                "reading usage of a changed key failed cause=%s",
                                failure.getClass()))
                .onFailure()
                .recoverWithItem(key);
    }

    private static void refuseRevoked(ApiKey key) {
        if (key.isRevoked()) {
            throw CONFLICT.because("The key is permanently revoked. Create a new key.");
        }
    }

    /// The version of a key that a change is based on (`If-Match`, RFC 9110, section 13.1.1).
    ///
    /// @param value null to accept any version
    record KeyVersion(@Nullable Long value) {

        private static final Pattern TAG = Pattern.compile("\"?(?<version>[0-9]{1,18})\"?");

        /// Parses the header. The quotes are optional.
        ///
        /// @throws dev.sendex.common.problem.ProblemException `invalid_parameter`
        static KeyVersion of(@Nullable String ifMatch) {
            if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
                return new KeyVersion(null);
            }
            Matcher tag = TAG.matcher(ifMatch.strip());
            if (!tag.matches()) {
                throw INVALID_PARAMETER.on("If-Match", "must be the key's `version`, or the ETag");
            }
            return new KeyVersion(Long.valueOf(tag.group("version")));
        }

        void refuseOther(long actual) {
            if (value != null && value != actual) {
                throw CONFLICT.because(
                        "The key has changed since you read it: it is at version %d. Read it again."
                                .formatted(actual));
            }
        }
    }
}
