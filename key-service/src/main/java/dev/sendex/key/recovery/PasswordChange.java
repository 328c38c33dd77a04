package dev.sendex.key.recovery;

import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.passwords.CurrentPassword;
import dev.sendex.key.passwords.Passwords;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Changes the password of a signed-in member who knows it.
@ApplicationScoped
class PasswordChange {

    private final Members members;
    private final Passwords passwords;
    private final CurrentPassword currentPassword;
    private final NewPassword newPassword;
    private final Mails mails;

    PasswordChange(
            Members members,
            Passwords passwords,
            CurrentPassword currentPassword,
            NewPassword newPassword,
            Mails mails) {
        this.members = members;
        this.passwords = passwords;
        this.currentPassword = currentPassword;
        this.newPassword = newPassword;
        this.mails = mails;
    }

    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if the current
    ///   password is wrong or the new one too short, `rate_limit_exceeded` after too many attempts
    Uni<NewPassword.Result> change(SessionCaller caller, ChangePassword request) {
        passwords.requireValid("new_password", request.newPassword());
        return currentPassword
                .require(caller, "current_password", request.currentPassword())
                .chain(() -> passwords.hash(request.newPassword()))
                .chain(hash -> Panache.withTransaction(() -> set(caller, hash)))
                .invoke(mails::wake);
    }

    private Uni<NewPassword.Result> set(SessionCaller caller, String hash) {
        return members.require(caller.userId())
                .chain(member ->
                        newPassword.set(
                                member, hash, caller.sessionId(), "member.password_changed"));
    }
}
