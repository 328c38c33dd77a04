package dev.sendex.common.identity.session;

import dev.sendex.common.identity.SessionCaller;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/// What has become of a session since its token was signed. Only key-service knows; everybody else
/// asks it.
public interface SessionStatus {

    /// The caller as of now, or null where the session has ended.
    ///
    /// @param token what proves the session
    Uni<@Nullable SessionCaller> of(SessionCaller signed, String token);
}
