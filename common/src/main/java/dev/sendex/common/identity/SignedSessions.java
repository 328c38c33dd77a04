package dev.sendex.common.identity;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Takes a session for what was signed.
@Singleton
@DefaultBean
class SignedSessions implements SessionsToday {

    @Override
    public Uni<@Nullable SessionCaller> of(SessionCaller signed) {
        return Uni.createFrom().item(signed);
    }
}
