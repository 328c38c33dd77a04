package dev.sendex.key.sessions.signin;

import static dev.sendex.common.problem.Problem.INVALID_CREDENTIALS;
import static dev.sendex.common.problem.Problem.SECOND_FACTOR_REQUIRED;

import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.accounts.Members.NewMember;
import dev.sendex.key.accounts.Role;
import dev.sendex.key.devices.KnownDevices;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.secondfactor.Proof;
import dev.sendex.key.secondfactor.SecondFactors;
import dev.sendex.key.sessions.Sessions;
import dev.sendex.key.sessions.Sessions.OpenedSession;
import dev.sendex.key.text.Emails;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.LimitNotifications;
import dev.sendex.key.throttle.Throttle;
import dev.sendex.key.throttle.Throttle.Counts;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Signs members up and in.
@ApplicationScoped
class SignIns {

    private static final String MANY_GUESSES = "Somebody is trying to guess your Sendex password";
    private static final String MANY_GUESSES_TEXT =
            """
            Many wrong passwords were tried for your Sendex account within a few minutes, from \
            several networks. None of them was correct.

            For some minutes, sign-ins for your account are refused, except in browsers that you \
            signed in with before and with a code of your authenticator app. If you need to sign \
            in elsewhere now, set a new password there: choose "Lost your password?" on the \
            sign-in page.

            Two-factor authentication protects your account even if somebody guesses the \
            password. You can enable it in the dashboard, under Security.
            """;

    private final Members members;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final Throttle throttle;
    private final LimitNotifications notifications;
    private final KnownDevices devices;
    private final CurrentClient client;

    SignIns(
            Members members,
            Sessions sessions,
            Passwords passwords,
            SecondFactors secondFactors,
            Throttle throttle,
            LimitNotifications notifications,
            KnownDevices devices,
            CurrentClient client) {
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.throttle = throttle;
        this.notifications = notifications;
        this.devices = devices;
        this.client = client;
    }

    /// Creates an account with its owner, who is signed in immediately. Every attempt counts,
    /// successful or not: accounts are permanent, and a conflict reveals that an email has an
    /// account.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `conflict` if the email has an account,
    ///   `rate_limit_exceeded` after too many attempts
    Uni<OpenedSession> signUp(SignUp request) {
        String email = Emails.require(request.email());
        passwords.requireValid("password", request.password());
        return throttle.admit(Attempt.of("sign-up", email, Bound.ANYONE, client.address()))
                .chain(() -> passwords.hash(request.password()))
                .map(hash -> new NewMember(email, hash, Role.OWNER))
                .chain(owner ->
                        Panache.withTransaction(() ->
                                members.createAccount(request.accountName(), owner)
                                        .chain(member ->
                                                sessions.open(member, owner.passwordHash()))))
                .onFailure()
                .transform(Members::translate);
    }

    /// Signs a member in. Guessing must be stopped without locking the member out: when guesses
    /// from many networks reach the limit per account, the correct password is still accepted from
    /// a known device, and anywhere together with a correct code.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_credentials` without saying what
    ///   is wrong; `second_factor_required` if only the code is missing; `rate_limit_exceeded`
    ///   after too many attempts
    Uni<OpenedSession> signIn(SignIn request) {
        String email = Emails.normalize(request.email());
        return Panache.withSession(() -> find(email)).chain(found -> signIn(found, request, email));
    }

    /// The member with this email and the hash of their password, both null if there is none.
    private record Candidate(@Nullable MemberAccount member, @Nullable String passwordHash) {}

    private Uni<Candidate> find(String email) {
        return members.find(email)
                .chain(member ->
                        members.passwordHash(member == null ? null : member.id())
                                .map(hash -> new Candidate(member, hash)));
    }

    private Uni<OpenedSession> signIn(Candidate found, SignIn request, String email) {
        Attempt attempt =
                new Attempt("sign-in", email, Bound.ANYONE, client.address(), device(found));
        return throttle.count(attempt)
                .call(counts -> notifications.send(counts, email, MANY_GUESSES, MANY_GUESSES_TEXT))
                .invoke(counts -> refuseBeyondBounds(counts, request))
                .chain(counts -> verify(found, request, attempt, counts))
                .call(() -> throttle.succeeded(attempt))
                .chain(known ->
                        Panache.withTransaction(
                                () -> sessions.open(known.member(), known.passwordHash())));
    }

    private @Nullable String device(Candidate found) {
        return found.member() == null || found.passwordHash() == null
                ? null
                : devices.find(found.member().id(), found.passwordHash());
    }

    private static void refuseBeyondBounds(Counts counts, SignIn request) {
        if (request.code() == null) {
            counts.requireBoth();
        } else {
            counts.requireClient();
        }
    }

    /// A member whose password was correct.
    private record Verified(MemberAccount member, String passwordHash) {}

    /// Over the limit per account, every wrong password or code gets the same response, so that
    /// nobody learns whether the password was correct.
    private Uni<Verified> verify(Candidate found, SignIn request, Attempt attempt, Counts counts) {
        return passwords
                .verify(found.passwordHash(), request.password())
                .map(right -> requireCorrect(right, found, request))
                .call(known -> requireSecondFactor(known.member(), request, attempt, counts))
                .onFailure(SignIns::isWrongCredential)
                .transform(wrong -> counts.isSubjectClosed() ? counts.refusal() : wrong);
    }

    private static boolean isWrongCredential(Throwable failure) {
        return failure instanceof ProblemException refused
                && (refused.problem() == INVALID_CREDENTIALS
                        || refused.problem() == SECOND_FACTOR_REQUIRED);
    }

    private static Verified requireCorrect(boolean right, Candidate found, SignIn request) {
        if (!right || found.member() == null || found.passwordHash() == null) {
            throw wrongCredentials(request);
        }
        return new Verified(found.member(), found.passwordHash());
    }

    /// A missing code is not a guess, so it is no failed attempt. It does not count as success
    /// either: that would give someone who knows the password more guesses at codes.
    private Uni<Void> requireSecondFactor(
            MemberAccount member, SignIn request, Attempt attempt, Counts counts) {
        return secondFactors
                .verify(member, request.code())
                .call(proof ->
                        proof == Proof.MISSING
                                ? throttle.cancelled(attempt)
                                : Uni.createFrom().voidItem())
                .invoke(proof -> refuseUnlessVerified(proof, request, counts))
                .replaceWithVoid();
    }

    private static void refuseUnlessVerified(Proof proof, SignIn request, Counts counts) {
        switch (proof) {
            case VERIFIED -> {}
            case NOT_NEEDED -> {
                if (counts.isSubjectClosed()) {
                    throw counts.refusal();
                }
            }
            case MISSING ->
                    throw SECOND_FACTOR_REQUIRED.because(
                            "Send what your authenticator app shows as `code`, or a recovery"
                                    + " code.");
            case WRONG -> throw wrongCredentials(request);
            case LOCKED ->
                    throw SECOND_FACTOR_REQUIRED.because(
                            "There were too many wrong codes. Only a recovery code is accepted now."
                                    + " An owner or admin of the account can disable two-factor"
                                    + " authentication.");
        }
    }

    /// The same for a wrong password and a wrong code.
    private static RuntimeException wrongCredentials(SignIn request) {
        return INVALID_CREDENTIALS.because(
                request.code() == null
                        ? "No account has this email and password."
                        : "No account has this email, password and code.");
    }
}
