package dev.sendex.common.identity;

import dev.sendex.common.token.ApiKeyToken;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Asks who the holder of an API key is.
final class KeyAuthentication extends BaseAuthenticationRequest {

    private final ApiKeyToken token;

    KeyAuthentication(ApiKeyToken token) {
        this.token = token;
    }

    ApiKeyToken token() {
        return token;
    }
}
