package dev.sendex.key.sessions.signin;

import static dev.sendex.common.problem.Problem.INVALID_CREDENTIALS;
import static dev.sendex.common.problem.Problem.SECOND_FACTOR_REQUIRED;

import dev.sendex.common.network.CurrentClient;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.key.accounts.Emails;
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
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.LimitNotifications;
import dev.sendex.key.throttle.Throttle;
import dev.sendex.key.throttle.Throttle.Counts;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Lets people in: those who found an account, and those who know their password and have what else
/// they chose to be asked for.
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

    /// Creates an account with its owner, who is signed in at once. Each attempt counts, whatever
    /// comes of it: accounts are for ever, and a conflict says that somebody has one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `conflict` where the email has an
    ///   account, `rate_limit_exceeded` after too many attempts
    Uni<OpenedSession> signUp(SignUp request) {
        String email = Emails.require(request.email());
        passwords.requireGood("password", request.password());
        return throttle.admit(Attempt.of("sign-up", email, Bound.ANYONE, client.address()))
                .chain(() -> passwords.hash(request.password()))
                .map(hash -> new NewMember(email, hash, Role.OWNER))
                .chain(owner ->
                        Panache.withTransaction(() ->
                                members.createAccount(request.accountName(), owner)
                                        .chain(member ->
                                                sessions.open(member, owner.passwordHash()))))
                .onFailure()
                .transform(Members::explain);
    }

    /// Whoever guesses at somebody's password is stopped; the member is not. When guesses came from
    /// many networks, so that the bound on all of them is reached, the right password still signs
    /// in from a device that is known, and anywhere together with the right code.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_credentials`, not saying what is
    ///   wrong; `second_factor_required` where all but a code is right; `rate_limit_exceeded` after
    ///   too many attempts
    Uni<OpenedSession> signIn(SignIn request) {
        String email = Emails.normalize(request.email());
        return Panache.withSession(() -> find(email)).chain(found -> signIn(found, request, email));
    }

    /// Whom an email names, and what their password is verified against.
    private record Found(@Nullable MemberAccount member, @Nullable String passwordHash) {}

    private Uni<Found> find(String email) {
        return members.find(email)
                .chain(member ->
                        members.passwordHash(member == null ? null : member.id())
                                .map(hash -> new Found(member, hash)));
    }

    private Uni<OpenedSession> signIn(Found found, SignIn request, String email) {
        Attempt attempt =
                new Attempt("sign-in", email, Bound.ANYONE, client.address(), device(found));
        return throttle.count(attempt)
                .call(counts -> notifications.send(counts, email, MANY_GUESSES, MANY_GUESSES_TEXT))
                .invoke(counts -> refuseBeyondBounds(counts, request))
                .chain(counts -> proven(found, request, attempt, counts))
                .call(() -> throttle.succeeded(attempt))
                .chain(known ->
                        Panache.withTransaction(
                                () -> sessions.open(known.member(), known.passwordHash())));
    }

    private @Nullable String device(Found found) {
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

    /// Whoever proved to be a member.
    private record Proven(MemberAccount member, String passwordHash) {}

    /// Beyond the bound on all attempts only password and code together are an answer of their own:
    /// nobody learns there whether a password was right.
    private Uni<Proven> proven(Found found, SignIn request, Attempt attempt, Counts counts) {
        return passwords
                .verify(found.passwordHash(), request.password())
                .map(right -> requireRight(right, found, request))
                .call(known -> requireProof(known.member(), request, attempt, counts))
                .onFailure(SignIns::isWrong)
                .transform(wrong -> counts.isSubjectClosed() ? counts.refusal() : wrong);
    }

    private static boolean isWrong(Throwable failure) {
        return failure instanceof ProblemException refused
                && (refused.problem() == INVALID_CREDENTIALS
                        || refused.problem() == SECOND_FACTOR_REQUIRED);
    }

    private static Proven requireRight(boolean right, Found found, SignIn request) {
        if (!right || found.member() == null || found.passwordHash() == null) {
            throw wrong(request);
        }
        return new Proven(found.member(), found.passwordHash());
    }

    /// Nobody guesses by sending no code, so that is no failed attempt. Nor is it one that
    /// succeeded: it must not give whoever knows the password more guesses at codes.
    private Uni<Void> requireProof(
            MemberAccount member, SignIn request, Attempt attempt, Counts counts) {
        return secondFactors
                .prove(member, request.code())
                .call(proof ->
                        proof == Proof.MISSING
                                ? throttle.cameToNothing(attempt)
                                : Uni.createFrom().voidItem())
                .invoke(proof -> requireGiven(proof, request, counts))
                .replaceWithVoid();
    }

    private static void requireGiven(Proof proof, SignIn request, Counts counts) {
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
            case WRONG -> throw wrong(request);
            case LOCKED ->
                    throw SECOND_FACTOR_REQUIRED.because(
                            "There were too many wrong codes. Only a recovery code is accepted now."
                                    + " An owner or admin of the account can disable two-factor"
                                    + " authentication.");
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
