package dev.sendex.key.sessions;

import static dev.sendex.common.problem.Problem.INVALID_CREDENTIALS;
import static dev.sendex.common.problem.Problem.SECOND_FACTOR_REQUIRED;

import dev.sendex.common.network.CurrentClient;
import dev.sendex.key.accounts.Emails;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.accounts.NewMember;
import dev.sendex.key.accounts.Role;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.secondfactor.Proof;
import dev.sendex.key.secondfactor.SecondFactors;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Lets people in: those who found an account, and those who know their password and have what else
/// they chose to be asked for.
@ApplicationScoped
class SignIns {

    private final Members members;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final Throttle throttle;
    private final CurrentClient client;

    SignIns(
            Members members,
            Sessions sessions,
            Passwords passwords,
            SecondFactors secondFactors,
            Throttle throttle,
            CurrentClient client) {
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.throttle = throttle;
        this.client = client;
    }

    /// Creates an account with its owner, who is signed in at once. Each attempt counts, whatever
    /// comes of it: accounts are for ever, and a conflict says that somebody has one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `conflict` where the email has an
    ///   account, `rate_limit_exceeded` after too many attempts
    Uni<OpenedSession> signUp(SignUp request) {
        String email = Emails.require(request.email());
        passwords.requireGood("password", request.password());
        return throttle.admit(new Attempt("sign-up", email, client.address()))
                .chain(() -> passwords.hash(request.password()))
                .map(hash -> new NewMember(email, hash, Role.OWNER))
                .chain(owner ->
                        Panache.withTransaction(() ->
                                members.found(request.accountName(), owner).chain(sessions::open)))
                .onFailure()
                .transform(Members::explain);
    }

    /// @throws dev.sendex.common.problem.ProblemException `invalid_credentials`, not saying what is
    ///   wrong; `second_factor_required` where all but a code is right; `rate_limit_exceeded` after
    ///   too many attempts
    Uni<OpenedSession> signIn(SignIn request) {
        String email = Emails.normalize(request.email());
        Attempt attempt = new Attempt("sign-in", email, client.address());
        return throttle.admit(attempt)
                .chain(() -> Panache.withSession(() -> members.find(email)))
                .chain(member -> verified(member, request))
                .call(member -> requireProof(member, request, attempt))
                .call(() -> throttle.succeeded(attempt))
                .chain(member -> Panache.withTransaction(() -> sessions.open(member)));
    }

    private Uni<MemberAccount> verified(@Nullable MemberAccount member, SignIn request) {
        return Panache.withSession(() -> members.passwordHash(member == null ? null : member.id()))
                .chain(hash -> passwords.verify(hash, request.password()))
                .map(right -> requireRight(right, member, request));
    }

    private static MemberAccount requireRight(
            boolean right, @Nullable MemberAccount member, SignIn request) {
        if (!right || member == null) {
            throw wrong(request);
        }
        return member;
    }

    /// Nobody guesses by sending no code, so that is no failed attempt. Nor is it one that
    /// succeeded: it must not give whoever knows the password more guesses at codes.
    private Uni<Void> requireProof(MemberAccount member, SignIn request, Attempt attempt) {
        return secondFactors
                .prove(member, request.code())
                .call(proof ->
                        proof == Proof.MISSING
                                ? throttle.cameToNothing(attempt)
                                : Uni.createFrom().voidItem())
                .invoke(proof -> requireGiven(proof, request))
                .replaceWithVoid();
    }

    private static void requireGiven(Proof proof, SignIn request) {
        switch (proof) {
            case GIVEN -> {}
            case MISSING ->
                    throw SECOND_FACTOR_REQUIRED.because(
                            "Send what your authenticator app shows as `code`, or a recovery code.");
            case WRONG -> throw wrong(request);
            case LOCKED ->
                    throw SECOND_FACTOR_REQUIRED.because(
                            "There were too many wrong codes: only a recovery code counts now. An"
                                    + " owner or admin of the account can turn the second factor"
                                    + " off.");
        }
    }

    /// The same for a wrong password and a wrong code.
    private static RuntimeException wrong(SignIn request) {
        return INVALID_CREDENTIALS.because(
                request.code() == null
                        ? "No account has this email and password."
                        : "No account has this email, password and code.");
    }
}
