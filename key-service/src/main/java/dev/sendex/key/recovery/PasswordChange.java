package dev.sendex.key.recovery;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.identity.SessionCaller;
import dev.sendex.common.network.CurrentClient;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Changes the password of somebody who is signed in and knows it. A session alone will not do:
/// whoever finds one must not be able to keep the account.
@ApplicationScoped
class PasswordChange {

    private final Members members;
    private final Passwords passwords;
    private final NewPassword newPassword;
    private final Throttle throttle;
    private final CurrentClient client;
    private final Mails mails;

    PasswordChange(
            Members members,
            Passwords passwords,
            NewPassword newPassword,
            Throttle throttle,
            CurrentClient client,
            Mails mails) {
        this.members = members;
        this.passwords = passwords;
        this.newPassword = newPassword;
        this.throttle = throttle;
        this.client = client;
        this.mails = mails;
    }

    /// @throws dev.sendex.common.problem.ProblemException `validation_error` where the present
    ///   password is wrong or the new one too short, `rate_limit_exceeded` after too many attempts
    Uni<ChangedPassword> change(SessionCaller caller, ChangePassword request) {
        passwords.requireGood("new_password", request.newPassword());
        Attempt attempt = new Attempt("password", caller.userId().toString(), client.address());
        return throttle.admit(attempt)
                .chain(() -> Panache.withSession(() -> members.passwordHash(caller.userId())))
                .chain(hash -> passwords.verify(hash, request.currentPassword()))
                .invoke(PasswordChange::requireRight)
                .chain(() -> throttle.succeeded(attempt))
                .chain(() -> passwords.hash(request.newPassword()))
                .chain(hash -> Panache.withTransaction(() -> set(caller, hash)))
                .invoke(mails::nudge);
    }

    private Uni<ChangedPassword> set(SessionCaller caller, String hash) {
        return members.require(caller.userId())
                .chain(member ->
                        newPassword.set(
                                member, hash, caller.sessionId(), "member.password_changed"));
    }

    private static void requireRight(boolean right) {
        if (!right) {
            throw wrong();
        }
    }

    private static RuntimeException wrong() {
        return VALIDATION_ERROR.on("current_password", "is not your password");
    }
}
