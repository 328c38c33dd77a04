package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.INVALID_API_KEY;
import static dev.sendex.common.problem.Problem.INVALID_CREDENTIALS;

import dev.sendex.common.runtime.Ids;
import dev.sendex.key.audit.Actor;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.audit.Target;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Opens, continues and ends sessions.
@ApplicationScoped
class Sessions {

    private static final String EMAIL_TAKEN = "member_email_unique";

    private final AccountRepository accounts;
    private final MemberRepository members;
    private final SessionRepository sessions;
    private final Passwords passwords;
    private final AccessTokens accessTokens;
    private final AuditLog audit;
    private final PasswordConfig passwordConfig;
    private final SessionConfig config;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            AccountRepository accounts,
            MemberRepository members,
            SessionRepository sessions,
            Passwords passwords,
            AccessTokens accessTokens,
            AuditLog audit,
            PasswordConfig passwordConfig,
            SessionConfig config,
            Ids ids,
            Clock clock) {
        this.accounts = accounts;
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.audit = audit;
        this.passwordConfig = passwordConfig;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    /// Creates an account with its owner, who is signed in at once.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `conflict` where the email has an account
    Uni<OpenedSession> signUp(SignUp request) {
        request.check(passwordConfig.minLength());
        return passwords
                .hash(request.password())
                .chain(hash -> Panache.withTransaction(() -> create(request, hash)))
                .onFailure(Sessions::isEmailTaken)
                .transform(_ -> CONFLICT.on("email", "has an account already; sign in instead"));
    }

    /// @throws dev.sendex.common.problem.ProblemException `invalid_credentials`, not saying which
    Uni<OpenedSession> signIn(SignIn request) {
        return Panache.withSession(() -> members.findByEmail(SignUp.normalize(request.email())))
                .chain(member -> verified(member, request.password()))
                .chain(member -> Panache.withTransaction(() -> open(member)));
    }

    /// Goes on with a session; the refresh token is used up and replaced.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_api_key` where it has ended
    Uni<OpenedSession> refresh(@Nullable RefreshToken token) {
        if (token == null) {
            return Uni.createFrom().failure(ended());
        }
        return Panache.withTransaction(() ->
                sessions.findOpen(token.hash(), clock.instant())
                        .map(Sessions::requireOpen)
                        .chain(this::goOn));
    }

    /// Ends the session, if there still is one.
    Uni<Void> signOut(@Nullable RefreshToken token) {
        if (token == null) {
            return Uni.createFrom().voidItem();
        }
        return Panache.withTransaction(
                () -> sessions.findOpen(token.hash(), clock.instant()).chain(this::end));
    }

    private Uni<OpenedSession> create(SignUp request, String passwordHash) {
        Account account = new Account(ids.next(), request.accountName().strip(), clock.instant());
        Member owner =
                new Member(
                        ids.next(), account, request.normalizedEmail(), passwordHash, Role.OWNER);
        return accounts.persist(account)
                .chain(() -> members.persistAndFlush(owner))
                .call(() -> recordCreation(account, owner))
                .invoke(() -> Log.infof("account created accountId=%s", account.id))
                .chain(this::open);
    }

    private Uni<Void> recordCreation(Account account, Member owner) {
        return audit.record(
                account.id,
                Actor.member(owner.id),
                "account.created",
                new Target("account", account.id),
                null,
                Map.of("name", account.name));
    }

    private static boolean isEmailTaken(Throwable failure) {
        return failure instanceof ConstraintViolationException violation
                && EMAIL_TAKEN.equals(violation.getConstraintName());
    }

    private Uni<Member> verified(@Nullable Member member, String password) {
        return passwords
                .verify(member == null ? null : member.passwordHash, password)
                .map(right -> requireRight(right, member));
    }

    private static Member requireRight(boolean right, @Nullable Member member) {
        if (!right || member == null) {
            throw INVALID_CREDENTIALS.because("No account has this email and password.");
        }
        return member;
    }

    private Uni<OpenedSession> open(Member member) {
        Instant now = clock.instant();
        RefreshToken token = RefreshToken.generate(random);
        Session session =
                new Session(ids.next(), member, token.hash(), now, now.plus(config.lifetime()));
        return sessions.persist(session)
                .call(() -> record(session, "session.opened"))
                .chain(() -> view(session, member, token));
    }

    private Uni<Void> record(Session session, String action) {
        return audit.record(
                session.accountId,
                Actor.member(session.memberId),
                action,
                new Target("session", session.id),
                null,
                null);
    }

    private Uni<OpenedSession> goOn(Session session) {
        RefreshToken token = RefreshToken.generate(random);
        session.refreshHash = token.hash();
        return members.findById(session.memberId).chain(member -> view(session, member, token));
    }

    private Uni<Void> end(@Nullable Session session) {
        if (session == null) {
            return Uni.createFrom().voidItem();
        }
        session.endedAt = clock.instant();
        return record(session, "session.ended");
    }

    private Uni<OpenedSession> view(Session session, Member member, RefreshToken token) {
        String accessToken = accessTokens.sign(session, member, clock.instant());
        return accounts.findById(member.accountId)
                .map(AccountView::of)
                .map(account ->
                        new SessionView(
                                accessToken,
                                "Bearer",
                                config.accessTokenLifetime().toSeconds(),
                                SessionView.User.of(member),
                                account))
                .map(view -> new OpenedSession(view, token));
    }

    private static Session requireOpen(@Nullable Session session) {
        if (session == null) {
            throw ended();
        }
        return session;
    }

    private static RuntimeException ended() {
        return INVALID_API_KEY.because("The session has ended. Sign in again.");
    }
}
