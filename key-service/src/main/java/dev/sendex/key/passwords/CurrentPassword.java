package dev.sendex.key.passwords;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Asks signed-in members for their password again, before a change that would let somebody with a
/// stolen session keep the account.
@ApplicationScoped
public class CurrentPassword {

    private final Members members;
    private final Passwords passwords;
    private final Throttle throttle;
    private final CurrentClient client;

    CurrentPassword(Members members, Passwords passwords, Throttle throttle, CurrentClient client) {
        this.members = members;
        this.passwords = passwords;
        this.throttle = throttle;
        this.client = client;
    }

    /// Refuses a wrong password.
    ///
    /// @param field the member of the request that contains it
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if it is wrong,
    ///   `rate_limit_exceeded` after too many attempts
    public Uni<Void> require(SessionCaller caller, String field, String password) {
        Attempt attempt =
                Attempt.of(
                        "password", caller.userId().toString(), Bound.SIGNED_IN, client.address());
        return throttle.admit(attempt)
                .chain(() -> Panache.withSession(() -> members.passwordHash(caller.userId())))
                .chain(hash -> passwords.verify(hash, password))
                .invoke(right -> requireCorrect(right, field))
                .chain(() -> throttle.succeeded(attempt));
    }

    private static void requireCorrect(boolean right, String field) {
        if (!right) {
            throw VALIDATION_ERROR.on(field, "is not your password");
        }
    }
}
