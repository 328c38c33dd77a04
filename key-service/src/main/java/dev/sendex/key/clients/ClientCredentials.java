package dev.sendex.key.clients;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The credentials in a request: exactly one kind (RFC 6749, section 2.3).
sealed interface ClientCredentials {

    String BASIC = "basic ";
    String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// The id and secret as they were sent, form-encoded or not.
    record Secret(String clientId, String secret) implements ClientCredentials {

        /// Clients should form-encode both parts before they join them (RFC 6749, appendix B). Many
        /// do not, so a value that cannot be decoded is used unchanged.
        Secret decoded() {
            return new Secret(decoded(clientId), decoded(secret));
        }

        private static String decoded(String part) {
            try {
                return URLDecoder.decode(part, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return part;
            }
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }

    /// A JWT that is not verified yet.
    record Assertion(String jwt) implements ClientCredentials {

        @Override
        public String toString() {
            return "Assertion[hidden]";
        }
    }

    /// Extracts the credentials of a request.
    ///
    /// @param authorization the headers of this name
    /// @param form the parameters of the body
    /// @throws OAuthRefusal if there are no credentials, several, or an unknown kind
    static ClientCredentials of(List<String> authorization, Map<String, String> form) {
        boolean hasAssertion =
                form.containsKey("client_assertion") || form.containsKey("client_assertion_type");
        boolean hasPostedSecret = form.containsKey("client_secret");
        if (authorization.size() + (hasAssertion ? 1 : 0) + (hasPostedSecret ? 1 : 0) > 1) {
            throw OAuthRefusal.invalidRequest("Use exactly one way of client authentication.");
        }
        if (hasAssertion) {
            return assertion(form);
        }
        if (hasPostedSecret || authorization.isEmpty()) {
            throw OAuthRefusal.invalidClient("Use client_secret_basic or private_key_jwt.");
        }
        return secret(authorization.getFirst());
    }

    private static Assertion assertion(Map<String, String> form) {
        @Nullable String type = form.get("client_assertion_type");
        @Nullable String jwt = form.get("client_assertion");
        if (type == null || jwt == null) {
            throw OAuthRefusal.invalidRequest(
                    "Send client_assertion and client_assertion_type together.");
        }
        if (!type.equals(ASSERTION_TYPE)) {
            throw OAuthRefusal.invalidClient(
                    "The only client_assertion_type is " + ASSERTION_TYPE + ".");
        }
        return new Assertion(jwt);
    }

    private static Secret secret(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw OAuthRefusal.unknownClient();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return new Secret(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException malformed) {
            throw OAuthRefusal.unknownClient();
        }
        throw OAuthRefusal.unknownClient();
    }
}
