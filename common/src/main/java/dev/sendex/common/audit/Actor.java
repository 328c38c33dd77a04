package dev.sendex.common.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who made a change.
///
/// @param type `member`, `api_key`, `anonymous` or `system`
/// @param id the id of the member or key; the others have none
/// @param sessionId the member's session; null if there was none
@RegisterForReflection
public record Actor(
        @JsonProperty("type") String type,
        @JsonProperty("id") @Nullable UUID id,
        @JsonProperty("session_id") @Nullable UUID sessionId) {

    private static final String MEMBER = "member";
    private static final String API_KEY = "api_key";
    private static final Set<String> NAMED = Set.of(MEMBER, API_KEY);
    private static final Set<String> NAMELESS = Set.of("anonymous", "system");

    /// The caller of the current request.
    public static Actor of(Caller caller) {
        return switch (caller) {
            case KeyCaller key -> new Actor(API_KEY, key.grant().keyId(), null);
            case SessionCaller session -> member(session.userId(), session.sessionId());
        };
    }

    /// An authenticated member.
    ///
    /// @param sessionId null if there is no session yet
    public static Actor member(UUID id, @Nullable UUID sessionId) {
        return new Actor(MEMBER, id, sessionId);
    }

    /// Somebody who is not authenticated.
    public static Actor anonymous() {
        return new Actor("anonymous", null, null);
    }

    /// Sendex itself.
    public static Actor system() {
        return new Actor("system", null, null);
    }

    boolean isValid() {
        boolean named = id == null ? NAMELESS.contains(type) : NAMED.contains(type);
        return named && (sessionId == null || type.equals(MEMBER));
    }
}
