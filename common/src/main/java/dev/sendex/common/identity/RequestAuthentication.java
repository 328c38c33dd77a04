package dev.sendex.common.identity;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.problem.ProblemWriter;
import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// Passes a request's credentials to the matching identity provider. It runs only for endpoints
/// that require authentication (`quarkus.http.auth.proactive=false`), so that an expired cookie
/// does not prevent signing in.
@ApplicationScoped
class RequestAuthentication implements HttpAuthenticationMechanism {

    private static final int BEFORE_QUARKUS = 2 * DEFAULT_PRIORITY;
    private static final int UNAUTHORIZED = 401;

    private final ProblemWriter writer;

    RequestAuthentication(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext request, IdentityProviderManager identities) {
        return switch (Credentials.of(request.request())) {
            case Credentials.None _ -> Uni.createFrom().nullItem();
            case Credentials.Key(ApiKeyToken token) ->
                    authenticate(new KeyAuthentication(token), request, identities);
            case Credentials.Session(String token) ->
                    authenticate(new SessionAuthentication(token), request, identities);
            case Credentials.Refused(ProblemException problem) -> Uni.createFrom().failure(problem);
        };
    }

    private static Uni<SecurityIdentity> authenticate(
            AuthenticationRequest credentials,
            RoutingContext request,
            IdentityProviderManager identities) {
        return identities.authenticate(
                HttpSecurityUtils.setRoutingContextAttribute(credentials, request));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom()
                .item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", Challenges.REALM));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext request) {
        writer.write(request, Challenges.missingCredentials());
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(KeyAuthentication.class, SessionAuthentication.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return Uni.createFrom()
                .item(
                        new HttpCredentialTransport(
                                HttpCredentialTransport.Type.AUTHORIZATION, Credentials.SCHEME));
    }

    @Override
    public int getPriority() {
        return BEFORE_QUARKUS;
    }

    /// A request to authenticate an API key.
    static final class KeyAuthentication extends BaseAuthenticationRequest {

        private final ApiKeyToken token;

        KeyAuthentication(ApiKeyToken token) {
            this.token = token;
        }

        ApiKeyToken token() {
            return token;
        }
    }

    /// A request to authenticate a session token.
    static final class SessionAuthentication extends BaseAuthenticationRequest {

        private final String token;

        SessionAuthentication(String token) {
            this.token = token;
        }

        String token() {
            return token;
        }
    }
}
