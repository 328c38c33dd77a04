package dev.sendex.key.sessions;

import dev.sendex.common.permission.Permission;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.signing.SigningKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/// Signs the short-lived access tokens of sessions. Every service verifies them locally.
@ApplicationScoped
class AccessTokens {

    private static final String ISSUER = "sendex";

    private final SigningKeys keys;
    private final SessionConfig config;

    AccessTokens(SigningKeys keys, SessionConfig config) {
        this.keys = keys;
        this.config = config;
    }

    String sign(UUID sessionId, MemberAccount member, Instant now) {
        return Jwt.issuer(ISSUER)
                .subject(member.id().toString())
                .claim("account_id", member.accountId().toString())
                .claim("role", member.role().value())
                .claim("scope", Permission.scope(member.role().permissions()))
                .claim("sid", sessionId.toString())
                .issuedAt(now)
                .expiresAt(now.plus(config.accessTokenLifetime()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(keys.id())
                .sign(keys.privateKey());
    }
}
