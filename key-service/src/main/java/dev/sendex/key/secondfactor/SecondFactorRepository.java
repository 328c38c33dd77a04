package dev.sendex.key.secondfactor;

import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.secondfactor.totp.EncryptedSecret;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SecondFactorRepository implements PanacheRepositoryBase<SecondFactor, UUID> {

    /// Replaces an unconfirmed second factor, but not an enabled one.
    private static final String BEGIN =
            """
            insert into second_factor (member_id, account_id, secret, key_version, started_at)
            values (?1, ?2, ?3, ?4, ?5)
            on conflict on constraint second_factor_pk do update set
                secret = excluded.secret, key_version = excluded.key_version,
                started_at = excluded.started_at
            where second_factor.enabled_at is null
            """;

    /// Starts a setup.
    ///
    /// @return false if a second factor is enabled already
    Uni<Boolean> begin(MemberAccount member, EncryptedSecret encrypted, Instant now) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(BEGIN)
                                .setParameter(1, member.id())
                                .setParameter(2, member.accountId())
                                .setParameter(3, encrypted.bytes())
                                .setParameter(4, encrypted.keyVersion())
                                .setParameter(5, now)
                                .executeUpdate())
                .map(rows -> rows == 1);
    }

    /// The member's second factor, enabled or not. Its row is locked, so that of two concurrent
    /// sign-ins with the same code the second finds it used up.
    Uni<@Nullable SecondFactor> findLocked(UUID memberId) {
        return find("memberId", memberId).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    Uni<@Nullable SecondFactor> findEnabled(UUID memberId) {
        return findLocked(memberId)
                .map(factor -> factor == null || factor.enabledAt == null ? null : factor);
    }
}
