package dev.sendex.key.secondfactor;

import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.secondfactor.totp.EncryptedSecret;
import dev.sendex.key.secondfactor.totp.TotpSecret;
import dev.sendex.key.secondfactor.totp.TotpSecretCipher;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Verifies the second factor of members whose password was correct. The caller limits the rate of
/// attempts; here wrong codes in a row are counted, over any length of time.
@ApplicationScoped
public class SecondFactors {

    private final SecondFactorRepository factors;
    private final TotpSecretCipher cipher;
    private final SecondFactorNotifications notifications;
    private final Mails mails;
    private final Clock clock;

    SecondFactors(
            SecondFactorRepository factors,
            TotpSecretCipher cipher,
            SecondFactorNotifications notifications,
            Mails mails,
            Clock clock) {
        this.factors = factors;
        this.cipher = cipher;
        this.notifications = notifications;
        this.mails = mails;
        this.clock = clock;
    }

    /// Verifies a code and uses it up, in a separate transaction: a wrong code must be counted even
    /// if the request fails.
    ///
    /// @param code of the app or a recovery code, or null if none was sent
    public Uni<Proof> verify(MemberAccount member, @Nullable String code) {
        return Panache.withTransaction(() ->
                        factors.findEnabled(member.id())
                                .chain(factor -> verify(member, factor, code)))
                .invoke(mails::wake);
    }

    private Uni<Proof> verify(
            MemberAccount member, @Nullable SecondFactor factor, @Nullable String code) {
        if (factor == null) {
            return Uni.createFrom().item(Proof.NOT_NEEDED);
        }
        return code == null
                ? Uni.createFrom().item(Proof.MISSING)
                : verify(member, factor, PresentedCode.of(code));
    }

    private Uni<Proof> verify(MemberAccount member, SecondFactor factor, PresentedCode code) {
        if (factor.use(code.asRecoveryCode())) {
            return notifications
                    .recoveryCodeUsed(member, factor.recoveryHashes.length)
                    .replaceWith(Proof.VERIFIED);
        }
        if (factor.isLocked()) {
            return Uni.createFrom().item(Proof.LOCKED);
        }
        return isCorrect(factor, code)
                ? Uni.createFrom().item(Proof.VERIFIED)
                : countWrong(member, factor).replaceWith(Proof.WRONG);
    }

    private boolean isCorrect(SecondFactor factor, PresentedCode code) {
        EncryptedSecret encrypted = factor.encrypted();
        TotpSecret secret = cipher.decrypt(factor.memberId, encrypted);
        Long step = secret == null ? null : secret.stepOf(code.value(), clock.instant());
        boolean right = step != null && factor.use(step);
        if (right && secret != null && cipher.isOutdated(encrypted)) {
            factor.encrypt(cipher.encrypt(factor.memberId, secret));
        }
        return right;
    }

    private Uni<Void> countWrong(MemberAccount member, SecondFactor factor) {
        factor.wrongCodes++;
        return switch (factor.wrongCodes) {
            case SecondFactor.NOTIFY_WRONG_CODES -> notifications.guessedAt(member);
            case SecondFactor.MAX_WRONG_CODES -> notifications.locked(member);
            default -> Uni.createFrom().voidItem();
        };
    }
}
