package dev.sendex.common.identity;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Asks who the holder of a session token is.
final class SessionAuthentication extends BaseAuthenticationRequest {

    private final String token;

    SessionAuthentication(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
