package dev.sendex.key.accounts;

import dev.sendex.common.permission.Permission;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/// Signs the short-lived tokens that a session consists of. Every service verifies them by itself.
@ApplicationScoped
class AccessTokens {

    private static final String ISSUER = "sendex";

    private final SigningKey key;
    private final SessionConfig config;

    AccessTokens(SigningKey key, SessionConfig config) {
        this.key = key;
        this.config = config;
    }

    String sign(Session session, Member member, Instant now) {
        Role role = Role.of(member.role);
        return Jwt.issuer(ISSUER)
                .subject(member.id.toString())
                .claim("account_id", member.accountId.toString())
                .claim("role", role.value())
                .claim("scope", Permission.scope(role.permissions()))
                .claim("sid", session.id.toString())
                .issuedAt(now)
                .expiresAt(now.plus(config.accessTokenLifetime()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.privateKey());
    }
}
