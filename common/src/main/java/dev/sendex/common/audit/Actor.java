package dev.sendex.common.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sendex.common.identity.Caller;
import dev.sendex.common.identity.KeyCaller;
import dev.sendex.common.identity.SessionCaller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who did something.
///
/// @param type `member`, `api_key`, `anonymous` or `system`
/// @param id the member's or the key's; the others have none
/// @param sessionId the session that a member did it in; null where there was none
@RegisterForReflection
public record Actor(
        @JsonProperty("type") String type,
        @JsonProperty("id") @Nullable UUID id,
        @JsonProperty("session_id") @Nullable UUID sessionId) {

    private static final String MEMBER = "member";
    private static final String API_KEY = "api_key";
    private static final Set<String> NAMED = Set.of(MEMBER, API_KEY);
    private static final Set<String> NAMELESS = Set.of("anonymous", "system");

    /// Whoever makes the present request.
    public static Actor of(Caller caller) {
        return switch (caller) {
            case KeyCaller key -> new Actor(API_KEY, key.grant().keyId(), null);
            case SessionCaller session -> member(session.userId(), session.sessionId());
        };
    }

    /// A member who proved to be it.
    ///
    /// @param sessionId null where there is no session yet
    public static Actor member(UUID id, @Nullable UUID sessionId) {
        return new Actor(MEMBER, id, sessionId);
    }

    /// Somebody who did not have to say who they are.
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
