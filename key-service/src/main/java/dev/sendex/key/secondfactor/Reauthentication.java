package dev.sendex.key.secondfactor;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.passwords.CurrentPassword;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Asks signed-in members for password and code again: somebody with a stolen session must not be
/// able to disable the second factor.
@ApplicationScoped
class Reauthentication {

    private final CurrentPassword password;
    private final SecondFactors secondFactors;
    private final Members members;
    private final Throttle throttle;
    private final CurrentClient client;

    Reauthentication(
            CurrentPassword password,
            SecondFactors secondFactors,
            Members members,
            Throttle throttle,
            CurrentClient client) {
        this.password = password;
        this.secondFactors = secondFactors;
        this.members = members;
        this.throttle = throttle;
        this.client = client;
    }

    /// @return the member; without a second factor, the password is enough
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` naming what is wrong,
    ///   `rate_limit_exceeded` after too many attempts at either
    Uni<MemberAccount> require(SessionCaller caller, PasswordAndCode request) {
        return password.require(caller, "password", request.password())
                .chain(() -> Panache.withSession(() -> members.require(caller.userId())))
                .call(member -> requireCode(member, request.code()));
    }

    private Uni<Void> requireCode(MemberAccount member, String code) {
        Attempt attempt =
                Attempt.of(
                        "second-factor", member.id().toString(), Bound.SIGNED_IN, client.address());
        return throttle.admit(attempt)
                .chain(() -> secondFactors.verify(member, code))
                .invoke(Reauthentication::requireVerified)
                .chain(() -> throttle.succeeded(attempt));
    }

    private static void requireVerified(Proof proof) {
        switch (proof) {
            case VERIFIED, NOT_NEEDED -> {}
            case MISSING, WRONG ->
                    throw VALIDATION_ERROR.on("code", "is wrong, or was used before");
            case LOCKED -> throw VALIDATION_ERROR.on("code", "must be a recovery code");
        }
    }
}
