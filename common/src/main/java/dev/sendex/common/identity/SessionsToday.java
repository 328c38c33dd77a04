package dev.sendex.common.identity;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/// What has become of a session since its token was signed. Only key-service can know, and brings
/// an answer of its own; everywhere else a token counts for its few minutes.
public interface SessionsToday {

    /// The caller as of now, or null where the session has ended.
    Uni<@Nullable SessionCaller> of(SessionCaller signed);
}
