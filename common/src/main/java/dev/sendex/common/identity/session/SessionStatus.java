package dev.sendex.common.identity.session;

import dev.sendex.common.identity.caller.SessionCaller;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/// The current status of a session, which may have changed since its token was signed. key-service
/// stores it; other services look it up there.
public interface SessionStatus {

    /// The caller with their current permissions, or null if the session has ended.
    ///
    /// @param token the session's token
    Uni<@Nullable SessionCaller> of(SessionCaller signed, String token);
}
