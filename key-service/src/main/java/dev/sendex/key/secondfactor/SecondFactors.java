package dev.sendex.key.secondfactor;

import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.mail.Mails;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Judges the second proof of those whose password was right. Whoever asks counts the attempt
/// first; what is counted here, beyond any window, is how many wrong codes came in a row.
@ApplicationScoped
public class SecondFactors {

    private final SecondFactorRepository factors;
    private final SecretVault vault;
    private final SecondFactorNews news;
    private final Mails mails;
    private final Clock clock;

    SecondFactors(
            SecondFactorRepository factors,
            SecretVault vault,
            SecondFactorNews news,
            Mails mails,
            Clock clock) {
        this.factors = factors;
        this.vault = vault;
        this.news = news;
        this.mails = mails;
        this.clock = clock;
    }

    /// Judges what the member presents, and uses it up, in a transaction of its own: a wrong code
    /// must be counted whatever becomes of the request.
    ///
    /// @param code of the app or a recovery code, or null for none
    public Uni<Proof> prove(MemberAccount member, @Nullable String code) {
        return Panache.withTransaction(() ->
                        factors.findEnabled(member.id())
                                .chain(factor -> judge(member, factor, code)))
                .invoke(mails::nudge);
    }

    private Uni<Proof> judge(
            MemberAccount member, @Nullable SecondFactor factor, @Nullable String code) {
        if (factor == null) {
            return Uni.createFrom().item(Proof.NOT_NEEDED);
        }
        return code == null
                ? Uni.createFrom().item(Proof.MISSING)
                : judge(member, factor, PresentedCode.of(code));
    }

    private Uni<Proof> judge(MemberAccount member, SecondFactor factor, PresentedCode code) {
        if (factor.use(code.asRecoveryCode())) {
            return news.recoveryCodeUsed(member, factor.recoveryHashes.length)
                    .replaceWith(Proof.GIVEN);
        }
        if (factor.isLocked()) {
            return Uni.createFrom().item(Proof.LOCKED);
        }
        return isOfApp(factor, code)
                ? Uni.createFrom().item(Proof.GIVEN)
                : countWrong(member, factor).replaceWith(Proof.WRONG);
    }

    private boolean isOfApp(SecondFactor factor, PresentedCode code) {
        SealedSecret sealed = factor.sealed();
        TotpSecret secret = vault.open(factor.memberId, sealed);
        Long step = secret == null ? null : secret.stepOf(code.value(), clock.instant());
        boolean right = step != null && factor.use(step);
        if (right && secret != null && vault.isOutdated(sealed)) {
            factor.seal(vault.seal(factor.memberId, secret));
        }
        return right;
    }

    private Uni<Void> countWrong(MemberAccount member, SecondFactor factor) {
        factor.wrongCodes++;
        return switch (factor.wrongCodes) {
            case SecondFactor.TELLING_WRONG_CODES -> news.guessedAt(member);
            case SecondFactor.MOST_WRONG_CODES -> news.locked(member);
            default -> Uni.createFrom().voidItem();
        };
    }
}
