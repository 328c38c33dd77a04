package dev.sendex.key.secondfactor;

import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.mail.Mails;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Shows, changes and removes enabled second factors.
@ApplicationScoped
class EnabledSecondFactor {

    private final SecondFactorRepository factors;
    private final Members members;
    private final Reauthentication proofs;
    private final SecondFactorNotifications notifications;
    private final Mails mails;
    private final SecureRandom random = new SecureRandom();

    EnabledSecondFactor(
            SecondFactorRepository factors,
            Members members,
            Reauthentication proofs,
            SecondFactorNotifications notifications,
            Mails mails) {
        this.factors = factors;
        this.members = members;
        this.proofs = proofs;
        this.notifications = notifications;
        this.mails = mails;
    }

    @WithSession
    Uni<SecondFactorView> get(SessionCaller caller) {
        return factors.findById(caller.userId()).map(SecondFactorView::of);
    }

    /// Replaces all recovery codes.
    Uni<IssuedRecoveryCodes> renewCodes(SessionCaller caller, PasswordAndCode request) {
        List<RecoveryCode> codes = RecoveryCode.generate(random);
        return proofs.require(caller, request)
                .chain(member ->
                        Panache.withTransaction(() -> renew(member, codes, Actor.of(caller))))
                .map(_ -> IssuedRecoveryCodes.of(codes));
    }

    private Uni<Void> renew(MemberAccount member, List<RecoveryCode> codes, Actor by) {
        return requireEnabled(member.id())
                .invoke(factor -> factor.renew(codes))
                .chain(() -> notifications.codesRenewed(member, by));
    }

    Uni<Deleted> disable(SessionCaller caller, PasswordAndCode request) {
        return proofs.require(caller, request)
                .chain(member -> Panache.withTransaction(() -> remove(member, Actor.of(caller))))
                .invoke(mails::wake);
    }

    /// Disables another member's second factor, for a member who has lost both the app and the
    /// recovery codes and whose role is not above the caller's. To disable their own, members need
    /// password and code.
    Uni<Deleted> disableOf(SessionCaller caller, String memberId) {
        return Panache.withTransaction(() ->
                        members.requireGoverned(caller, memberId)
                                .invoke(member -> refuseOwn(caller, member))
                                .chain(member -> remove(member, Actor.of(caller))))
                .invoke(mails::wake);
    }

    private Uni<Deleted> remove(MemberAccount member, Actor by) {
        return requireEnabled(member.id())
                .chain(factors::delete)
                .chain(() -> notifications.disabled(member, by))
                .map(_ -> new Deleted("second_factor", member.id()));
    }

    private Uni<SecondFactor> requireEnabled(UUID memberId) {
        return factors.findEnabled(memberId).map(EnabledSecondFactor::requireFound);
    }

    private static SecondFactor requireFound(@Nullable SecondFactor factor) {
        if (factor == null) {
            throw NOT_FOUND.because("Two-factor authentication is not enabled.");
        }
        return factor;
    }

    private static void refuseOwn(SessionCaller caller, MemberAccount member) {
        if (member.id().equals(caller.userId())) {
            throw FORBIDDEN.because(
                    "Use your password and a code to disable your own two-factor authentication.");
        }
    }
}
