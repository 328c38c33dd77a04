package dev.sendex.key.sessions;

import static dev.sendex.common.problem.Problem.INVALID_API_KEY;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.runtime.Ids;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.devices.KnownDevices;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens, refreshes, lists and ends sessions.
@ApplicationScoped
public class Sessions {

    private final Members members;
    private final SessionRepository sessions;
    private final AccessTokens accessTokens;
    private final AuditLog audit;
    private final CurrentDevice device;
    private final KnownDevices knownDevices;
    private final SessionConfig config;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            Members members,
            SessionRepository sessions,
            AccessTokens accessTokens,
            AuditLog audit,
            CurrentDevice device,
            KnownDevices knownDevices,
            SessionConfig config,
            Ids ids,
            Clock clock) {
        this.members = members;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.audit = audit;
        this.device = device;
        this.knownDevices = knownDevices;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    /// Opens a session for an authenticated member, inside the caller's transaction.
    ///
    /// @param passwordHash of the member's password; the browser is a known device until it changes
    public Uni<OpenedSession> open(MemberAccount member, String passwordHash) {
        Instant now = clock.instant();
        RefreshToken token = RefreshToken.generate(random);
        Session session = new Session(ids.next(), member, token, now, now.plus(config.lifetime()));
        session.recordDevice(device.get());
        return sessions.persist(session)
                .call(() -> record(session, Actor.member(member.id(), null), "session.opened"))
                .map(_ ->
                        view(
                                session,
                                member,
                                token,
                                knownDevices.remember(member.id(), passwordHash)));
    }

    /// Refreshes a session: its refresh token is used up and replaced. For a short time the
    /// previous token returns the same successor, since responses get lost and tabs refresh
    /// concurrently. A token that is reused later has been copied, so the session ends for everyone
    /// who has it (RFC 9700, section 4.14.2).
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_api_key` if it has ended
    public Uni<OpenedSession> refresh(@Nullable String refreshToken) {
        RefreshToken token = RefreshToken.parse(refreshToken);
        return token == null
                ? Uni.createFrom().failure(ended())
                : Panache.withTransaction(() -> refreshOrEnd(token)).map(Sessions::require);
    }

    /// Returns null instead of failing, because the end of the session must be committed.
    private Uni<@Nullable OpenedSession> refreshOrEnd(RefreshToken token) {
        return sessions.findByFamily(token.familyHash())
                .chain(session -> {
                    if (session == null || !session.isOpenAt(clock.instant())) {
                        return Uni.createFrom().nullItem();
                    }
                    return refreshOrEnd(session, token);
                });
    }

    private Uni<@Nullable OpenedSession> refreshOrEnd(Session session, RefreshToken token) {
        if (session.isCurrent(token)) {
            RefreshToken next = token.next(random);
            session.replaceToken(token, next, device.get(), clock.instant());
            return opened(session, next);
        }
        RefreshToken successor =
                session.successorOf(token, clock.instant().minus(config.refreshGrace()));
        return successor == null ? endReused(session) : opened(session, successor);
    }

    private Uni<@Nullable OpenedSession> opened(Session session, RefreshToken next) {
        return members.find(session.memberId)
                .map(member -> member == null ? null : view(session, member, next, null));
    }

    private Uni<@Nullable OpenedSession> endReused(Session session) {
        Log.warnf("session ended, refresh token was reused sessionId=%s", session.id);
        session.endedAt = clock.instant();
        return audit.record(
                        session.accountId,
                        Actor.anonymous(),
                        "session.refresh_token_reused",
                        new Target("session", session.id),
                        null,
                        null)
                .replaceWith(Uni.createFrom().nullItem());
    }

    /// Ends the session if it is open.
    public Uni<Void> signOut(@Nullable String refreshToken) {
        RefreshToken token = RefreshToken.parse(refreshToken);
        return token == null
                ? Uni.createFrom().voidItem()
                : Panache.withTransaction(
                        () -> sessions.findByFamily(token.familyHash()).chain(this::endIfOpen));
    }

    private Uni<Void> endIfOpen(@Nullable Session session) {
        return session == null || !session.isOpenAt(clock.instant())
                ? Uni.createFrom().voidItem()
                : end(session, Actor.member(session.memberId, session.id));
    }

    /// The caller's open sessions, newest first.
    @WithSession
    Uni<ListOf<SessionEntry>> list(SessionCaller caller) {
        return sessions.listOpen(caller.accountId(), caller.userId(), clock.instant())
                .map(open ->
                        open.stream().map(session -> SessionEntry.of(session, caller)).toList())
                .map(open -> new ListOf<>("list", false, open));
    }

    /// Ends one of the caller's sessions. Other services cache its status for ten seconds.
    @WithTransaction
    Uni<Deleted> end(SessionCaller caller, UUID id) {
        return sessions.findOpen(caller.accountId(), caller.userId(), id, clock.instant())
                .map(Sessions::requireFound)
                .chain(session -> end(session, Actor.of(caller)))
                .replaceWith(new Deleted("session", id));
    }

    private Uni<Void> end(Session session, Actor by) {
        session.endedAt = clock.instant();
        return record(session, by, "session.ended");
    }

    /// Ends a member's sessions, inside the caller's transaction.
    ///
    /// @param except the session to keep, or null
    public Uni<Integer> endAll(UUID memberId, @Nullable UUID except) {
        return sessions.endAll(memberId, except, clock.instant());
    }

    private Uni<Void> record(Session session, Actor actor, String action) {
        return audit.record(
                session.accountId, actor, action, new Target("session", session.id), null, null);
    }

    private OpenedSession view(
            Session session, MemberAccount member, RefreshToken token, @Nullable String device) {
        String accessToken = accessTokens.sign(session.id, member, clock.instant());
        long expiresIn = config.accessTokenLifetime().toSeconds();
        return new OpenedSession(SessionView.of(accessToken, expiresIn, member), token, device);
    }

    private static OpenedSession require(@Nullable OpenedSession opened) {
        if (opened == null) {
            throw ended();
        }
        return opened;
    }

    private static Session requireFound(@Nullable Session session) {
        if (session == null) {
            throw NOT_FOUND.because("No session has this id.");
        }
        return session;
    }

    private static RuntimeException ended() {
        return INVALID_API_KEY.because("The session has ended. Sign in again.");
    }

    /// A session that was opened or refreshed, with its refresh token.
    ///
    /// @param device the token of a known device, null if it does not change
    public record OpenedSession(SessionView view, String refreshToken, @Nullable String device) {

        OpenedSession(SessionView view, RefreshToken refreshToken, @Nullable String device) {
            this(view, refreshToken.value(), device);
        }

        @Override
        public String toString() {
            return "OpenedSession[hidden]";
        }
    }
}
