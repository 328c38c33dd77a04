package dev.sendex.common.identity;

import dev.sendex.common.identity.RequestAuthentication.SessionAuthentication;
import dev.sendex.common.identity.session.SessionVerifier;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Authenticates callers by session.
@ApplicationScoped
class SessionIdentities implements IdentityProvider<SessionAuthentication> {

    private final SessionVerifier sessions;

    SessionIdentities(SessionVerifier sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<SessionAuthentication> getRequestType() {
        return SessionAuthentication.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            SessionAuthentication request, AuthenticationRequestContext context) {
        return sessions.verify(request.token()).map(caller -> CallerIdentity.of(caller, request));
    }
}
