package dev.sendex.key.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sendex.common.identity.Caller;
import dev.sendex.common.identity.KeyCaller;
import dev.sendex.common.identity.SessionCaller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who did something.
///
/// @param type `member`, `api_key`, `anonymous` or `system`
/// @param id the member's or the key's; the others have none
@RegisterForReflection
public record Actor(@JsonProperty("type") String type, @JsonProperty("id") @Nullable UUID id) {

    /// Whoever makes the present request.
    public static Actor of(Caller caller) {
        return switch (caller) {
            case KeyCaller key -> new Actor("api_key", key.grant().keyId());
            case SessionCaller session -> member(session.userId());
        };
    }

    /// A member who proved to be it, without a session yet.
    public static Actor member(UUID id) {
        return new Actor("member", id);
    }

    /// Somebody who did not have to say who they are.
    public static Actor anonymous() {
        return new Actor("anonymous", null);
    }

    /// Sendex itself.
    public static Actor system() {
        return new Actor("system", null);
    }
}
