package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.RESTRICTED_API_KEY;

import dev.sendex.common.identity.Caller;
import dev.sendex.common.identity.KeyCaller;
import dev.sendex.common.identity.SessionCaller;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Nobody makes a key that is more than themselves.
final class Escalation {

    private Escalation() {}

    /// @throws dev.sendex.common.problem.ProblemException `restricted_api_key` where the key could
    ///   do anything that its creator cannot
    static void refuse(KeySpec key, Caller creator) {
        refusePermissions(key.permissions(), creator.permissions());
        switch (creator) {
            case SessionCaller session -> refuseFullAccess(key, session.permissions());
            case KeyCaller holder -> refuseBeyond(key, holder.grant());
        }
    }

    private static void refusePermissions(Set<Permission> asked, Set<Permission> held) {
        Set<Permission> lacking = EnumSet.copyOf(asked);
        lacking.removeAll(held);
        if (!lacking.isEmpty()) {
            throw beyond("have `%s`, which you do not".formatted(Permission.scope(lacking)));
        }
    }

    /// Full access is also what will be added to the catalogue one day, so it takes everything.
    private static void refuseFullAccess(KeySpec key, Set<Permission> held) {
        if (key.type() == KeyGrant.Type.FULL_ACCESS && !held.containsAll(Permission.all())) {
            throw beyond("have full access, which you do not");
        }
    }

    private static void refuseBeyond(KeySpec key, KeyGrant holder) {
        if (key.type() == KeyGrant.Type.FULL_ACCESS && holder.type() != KeyGrant.Type.FULL_ACCESS) {
            throw beyond("have full access, which yours does not");
        }
        if (key.environment() != holder.environment()) {
            throw beyond("be of another environment than yours");
        }
        if (isBeyond(key.allowedDomains(), holder.allowedDomains())) {
            throw beyond("send from domains that yours may not");
        }
        if (isLater(key.expiresAt(), holder.expiresAt())) {
            throw beyond("live longer than yours");
        }
    }

    private static boolean isBeyond(List<String> asked, List<String> held) {
        if (held.isEmpty()) {
            return false;
        }
        return asked.isEmpty() || !asked.stream().allMatch(domain -> covered(domain, held));
    }

    private static boolean covered(String domain, List<String> held) {
        DomainPattern asked = new DomainPattern(domain);
        return held.stream().map(DomainPattern::new).anyMatch(pattern -> pattern.covers(asked));
    }

    private static boolean isLater(@Nullable Instant asked, @Nullable Instant held) {
        return held != null && (asked == null || asked.isAfter(held));
    }

    private static RuntimeException beyond(String what) {
        return RESTRICTED_API_KEY.because(
                "The new key would %s. Ask for less, or have someone with more create it."
                        .formatted(what));
    }
}
