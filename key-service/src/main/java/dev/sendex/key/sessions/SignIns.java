package dev.sendex.key.sessions;

import static dev.sendex.common.problem.Problem.INVALID_CREDENTIALS;

import dev.sendex.common.network.CurrentClient;
import dev.sendex.key.accounts.Emails;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.accounts.NewMember;
import dev.sendex.key.accounts.Role;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Lets people in: those who found an account, and those who know their password.
@ApplicationScoped
class SignIns {

    private final Members members;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Throttle throttle;
    private final CurrentClient client;

    SignIns(
            Members members,
            Sessions sessions,
            Passwords passwords,
            Throttle throttle,
            CurrentClient client) {
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.throttle = throttle;
        this.client = client;
    }

    /// Creates an account with its owner, who is signed in at once.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `conflict` where the email has an account
    Uni<OpenedSession> signUp(SignUp request) {
        String email = Emails.require(request.email());
        passwords.requireGood("password", request.password());
        return passwords
                .hash(request.password())
                .map(hash -> new NewMember(email, hash, Role.OWNER))
                .chain(owner ->
                        Panache.withTransaction(() ->
                                members.found(request.accountName(), owner).chain(sessions::open)))
                .onFailure()
                .transform(Members::explain);
    }

    /// @throws dev.sendex.common.problem.ProblemException `invalid_credentials`, not saying which;
    ///   `rate_limit_exceeded` after too many of those
    Uni<OpenedSession> signIn(SignIn request) {
        String email = Emails.normalize(request.email());
        Attempt attempt = new Attempt("sign-in", email, client.address());
        return throttle.admit(attempt)
                .chain(() -> Panache.withSession(() -> members.find(email)))
                .chain(member -> verified(member, request.password()))
                .call(() -> throttle.succeeded(attempt))
                .chain(member -> Panache.withTransaction(() -> sessions.open(member)));
    }

    private Uni<MemberAccount> verified(@Nullable MemberAccount member, String password) {
        return Panache.withSession(() -> members.passwordHash(member == null ? null : member.id()))
                .chain(hash -> passwords.verify(hash, password))
                .map(right -> requireRight(right, member));
    }

    private static MemberAccount requireRight(boolean right, @Nullable MemberAccount member) {
        if (!right || member == null) {
            throw INVALID_CREDENTIALS.because("No account has this email and password.");
        }
        return member;
    }
}
