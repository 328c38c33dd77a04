package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.RESTRICTED_API_KEY;

import dev.sendex.common.address.DomainPattern;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.key.keys.spec.KeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prevents privilege escalation: nobody can create, change or rotate a key with more access than
/// they have themselves.
final class Escalation {

    private Escalation() {}

    /// Refuses a key that would allow something that the caller may not do.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `restricted_api_key`
    static void refuse(KeySpec key, Caller caller) {
        refusePermissions(key.permissions(), caller.permissions());
        switch (caller) {
            case SessionCaller session -> refuseFullAccess(key, session.permissions());
            case KeyCaller holder -> refuseBeyond(key, holder.grant());
        }
    }

    /// Refuses a caller that is a key and changes or revokes a key that it could not have created:
    /// a key with less access must not be able to disable one with more. This does not apply to
    /// members, so that anyone with permission to write keys can revoke a leaked one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `restricted_api_key`
    static void refuseGreater(ApiKey key, Caller caller) {
        if (!(caller instanceof KeyCaller(KeyGrant holder)) || holder.keyId().equals(key.id)) {
            return;
        }
        try {
            refuse(key.spec(), caller);
        } catch (ProblemException greater) {
            throw RESTRICTED_API_KEY.because(
                    "A key can change or revoke only keys that it could have created. Use a key"
                            + " with more access, or sign in.");
        }
    }

    /// Refuses to issue a token for a key whose limits are counted separately from the caller's:
    /// using both keys would exceed the limit of either.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `restricted_api_key`
    static void refuseFurtherLimits(ApiKey key, Caller caller) {
        if (caller instanceof KeyCaller(KeyGrant holder) && hasSeparateCounters(key, holder)) {
            throw beyond("have limits that are counted separately from yours");
        }
    }

    private static boolean hasSeparateCounters(ApiKey key, KeyGrant holder) {
        boolean separateRate = !holder.rateCounter().equals(key.rateCounter());
        boolean separateSending = !holder.sendingCounter().equals(key.sendingCounter());
        return (holder.rateLimit() != null && separateRate)
                || (holder.sendingLimit() != null && separateSending);
    }

    private static void refusePermissions(Set<Permission> asked, Set<Permission> held) {
        Set<Permission> missing = EnumSet.copyOf(asked);
        missing.removeAll(held);
        if (!missing.isEmpty()) {
            throw beyond("have `%s`, which you do not have".formatted(Permission.scope(missing)));
        }
    }

    /// Full access includes permissions that are added later, so only a caller with all permissions
    /// can grant it.
    private static void refuseFullAccess(KeySpec key, Set<Permission> held) {
        if (key.type() == KeyGrant.Type.FULL_ACCESS && !held.containsAll(Permission.all())) {
            throw beyond("have full access, which you do not have");
        }
    }

    private static void refuseBeyond(KeySpec key, KeyGrant holder) {
        if (key.type() == KeyGrant.Type.FULL_ACCESS && holder.type() != KeyGrant.Type.FULL_ACCESS) {
            throw beyond("have full access, which your key does not have");
        }
        if (key.environment() != holder.environment()) {
            throw beyond("be for a different environment than your key");
        }
        if (isBeyond(key.allowedDomains(), holder.allowedDomains(), Escalation::covers)) {
            throw beyond("send from domains that your key does not allow");
        }
        if (isBeyond(key.allowedIps(), holder.allowedIps(), Cidr::contains)) {
            throw beyond("be usable from addresses that your key does not allow");
        }
        if (isBeyond(
                endpoints(key.allowedEndpoints()),
                holder.allowedEndpoints(),
                EndpointPattern::isSameAs)) {
            throw beyond("call endpoints that your key does not allow");
        }
        if (hasOtherWindow(key.rateLimit(), holder.rateLimit())) {
            throw beyond(
                    "have another rate limit window than your key, with which it shares the limit");
        }
        if (hasHigherRate(key.rateLimit(), holder.rateLimit())) {
            throw beyond("have a higher rate limit than your key");
        }
        if (hasHigherQuota(key.sendingLimit(), holder.sendingLimit())) {
            throw beyond("have a higher sending limit than your key");
        }
        if (isLater(key.expiresAt(), holder.expiresAt())) {
            throw beyond("expire later than your key");
        }
    }

    /// Whether one list allows anything that the other does not. An empty list allows everything.
    private static <T> boolean isBeyond(
            List<T> asked, List<T> held, BiPredicate<T, T> coversSecond) {
        if (held.isEmpty()) {
            return false;
        }
        return asked.isEmpty()
                || !asked.stream()
                        .allMatch(entry ->
                                held.stream().anyMatch(cover -> coversSecond.test(cover, entry)));
    }

    private static boolean covers(String pattern, String domain) {
        return new DomainPattern(pattern).covers(new DomainPattern(domain));
    }

    private static List<EndpointPattern> endpoints(List<String> texts) {
        return texts.stream().map(EndpointPattern::new).toList();
    }

    private static boolean hasOtherWindow(@Nullable RateLimit asked, @Nullable RateLimit held) {
        return asked != null && held != null && !asked.window().equals(held.window());
    }

    private static boolean hasHigherRate(@Nullable RateLimit asked, @Nullable RateLimit held) {
        return held != null && (asked == null || asked.limit() > held.limit());
    }

    /// A monthly limit also limits each of its days, and a total limit does both.
    private static boolean hasHigherQuota(
            @Nullable SendingLimit asked, @Nullable SendingLimit held) {
        if (held == null) {
            return false;
        }
        return asked == null
                || exceeds(held.total(), asked.total())
                || exceeds(held.perMonth(), asked.perMonth(), asked.total())
                || exceeds(held.perDay(), asked.perDay(), asked.perMonth(), asked.total());
    }

    private static boolean exceeds(@Nullable Long bound, @Nullable Long... asked) {
        return bound != null
                && Stream.of(asked).filter(Objects::nonNull).noneMatch(limit -> limit <= bound);
    }

    /// Compares whole seconds, because the caller's expiry comes from introspection, which has no
    /// fractions.
    private static boolean isLater(@Nullable Instant asked, @Nullable Instant held) {
        return held != null
                && (asked == null || asked.truncatedTo(ChronoUnit.SECONDS).isAfter(held));
    }

    private static RuntimeException beyond(String what) {
        return RESTRICTED_API_KEY.because(
                "The key would %s. Request fewer permissions, or use a key that has them."
                        .formatted(what));
    }
}
