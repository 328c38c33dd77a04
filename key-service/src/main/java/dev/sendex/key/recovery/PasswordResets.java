package dev.sendex.key.recovery;

import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.devices.KnownDevices;
import dev.sendex.key.links.DashboardLinks;
import dev.sendex.key.links.LinkToken;
import dev.sendex.key.mail.Mail;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.text.Emails;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.LimitNotifications;
import dev.sendex.key.throttle.Throttle;
import dev.sendex.key.throttle.Throttle.Counts;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Password resets by link, for members who have lost their password.
@ApplicationScoped
class PasswordResets {

    private static final String PAGE = "/password-reset";
    private static final Duration RETRY_AFTER = Duration.ofHours(1);
    private static final String MANY_LINKS =
            "Somebody keeps requesting password resets for your Sendex account";
    private static final String MANY_LINKS_TEXT =
            """
            Password reset links for your Sendex account were requested many times within a few \
            minutes, from several networks. For some minutes no more links are sent, unless you \
            request one in a browser that you signed in with before.

            Your password is unchanged. Only the newest link works. If you do not want a new \
            password, you can ignore these emails.
            """;

    /// How many requests are processed concurrently. Further ones are dropped, and people can
    /// repeat them.
    private static final int MAX_CONCURRENT = 16;

    private final ResetStore resets;
    private final Members members;
    private final Passwords passwords;
    private final NewPassword newPassword;
    private final Throttle throttle;
    private final LimitNotifications notifications;
    private final KnownDevices devices;
    private final CurrentClient client;
    private final Mails mails;
    private final DashboardLinks links;
    private final AuditLog audit;
    private final RecoveryConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger running = new AtomicInteger();

    PasswordResets(
            ResetStore resets,
            Members members,
            Passwords passwords,
            NewPassword newPassword,
            Throttle throttle,
            LimitNotifications notifications,
            KnownDevices devices,
            CurrentClient client,
            Mails mails,
            DashboardLinks links,
            AuditLog audit,
            RecoveryConfig config,
            Clock clock) {
        this.resets = resets;
        this.members = members;
        this.passwords = passwords;
        this.newPassword = newPassword;
        this.throttle = throttle;
        this.notifications = notifications;
        this.devices = devices;
        this.client = client;
        this.mails = mails;
        this.links = links;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    /// Emails a link to the member with this email, if there is one. The response is the same in
    /// both cases and does not wait for it, so that it does not disclose who is a member.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `service_unavailable` if email is not
    ///   configured, `rate_limit_exceeded` after too many requests
    Uni<RequestedReset> request(RequestReset request) {
        String email = Emails.require(request.email());
        if (!mails.isConfigured()) {
            throw SERVICE_UNAVAILABLE.retryAfter(
                    RETRY_AFTER,
                    "This installation does not send mail. Ask an owner or admin of your account"
                            + " for a link.");
        }
        return device(email)
                .chain(device -> admit(email, device))
                .invoke(() -> mailLinkTo(email))
                .map(_ -> new RequestedReset());
    }

    /// The known device of the current request, if it belongs to this member.
    private Uni<@Nullable String> device(String email) {
        return devices.isPresented()
                ? Panache.withSession(() -> members.find(email).chain(this::device))
                : Uni.createFrom().nullItem();
    }

    private Uni<@Nullable String> device(@Nullable MemberAccount member) {
        return member == null
                ? Uni.createFrom().nullItem()
                : members.passwordHash(member.id())
                        .map(hash -> hash == null ? null : devices.find(member.id(), hash));
    }

    /// Limits the links per person, regardless of who requests them. Requests from a known device
    /// count separately, so that others cannot block a member's reset.
    private Uni<Void> admit(String email, @Nullable String device) {
        return throttle.count(
                        new Attempt("password-reset", email, Bound.MAIL, client.address(), device))
                .call(counts -> notifications.send(counts, email, MANY_LINKS, MANY_LINKS_TEXT))
                .invoke(Counts::requireBoth)
                .replaceWithVoid();
    }

    /// Counts separately from the requests that anyone can make.
    private Uni<Void> admit(MemberAccount member) {
        return throttle.admit(
                Attempt.of(
                        "password-reset-by-member",
                        member.id().toString(),
                        Bound.SIGNED_IN,
                        client.address()));
    }

    private void mailLinkTo(String email) {
        if (running.incrementAndGet() > MAX_CONCURRENT) {
            running.decrementAndGet();
            Log.warn("too many password reset requests, one was dropped");
            return;
        }
        LinkToken token = LinkToken.generate(random);
        Instant expiresAt = clock.instant().plus(config.lifetime());
        resets.mailLink(token, mail(email, token, expiresAt))
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(
                        _ -> mails.wake(),
                        failure ->
                                Log.errorf(
                                        "mailing password reset link failed cause=%s",
                                        failure.getClass()));
    }

    private Mail mail(String email, LinkToken token, Instant expiresAt) {
        String text =
                """
                Somebody, probably you, requested a new password for your Sendex account. Set it \
                here within %d minutes:

                %s

                If it was not you, you can ignore this email: your current password still works.
                """
                        .formatted(config.lifetime().toMinutes(), links.to(PAGE, token));
        return new Mail(email, "Set a new Sendex password", text, expiresAt);
    }

    /// Creates a link for another member whose role is not above the caller's. It is emailed, or
    /// returned if email is not configured.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `not_found` if there is no such member,
    ///   `forbidden` if their role is above the caller's or they are the caller,
    ///   `rate_limit_exceeded` after too many requests for the member
    Uni<ResetLink> createFor(SessionCaller caller, String memberId) {
        return Panache.withSession(() -> members.requireGoverned(caller, memberId))
                .invoke(member -> refuseOwn(caller, member))
                .call(this::admit)
                .chain(member -> Panache.withTransaction(() -> create(caller, member)))
                .invoke(mails::wake);
    }

    /// A stolen session must not be sufficient to set a new password.
    private static void refuseOwn(SessionCaller caller, MemberAccount member) {
        if (member.id().equals(caller.userId())) {
            throw FORBIDDEN.because(
                    "Change your own password with your current password, or by a link that is"
                            + " mailed to you.");
        }
    }

    private Uni<ResetLink> create(SessionCaller caller, MemberAccount member) {
        LinkToken token = LinkToken.generate(random);
        Instant expiresAt = clock.instant().plus(config.lifetime());
        return resets.upsert(member, token, expiresAt, caller.userId())
                .chain(() -> deliver(member, token, expiresAt))
                .call(() -> record(caller, member));
    }

    private Uni<ResetLink> deliver(MemberAccount member, LinkToken token, Instant expiresAt) {
        if (!mails.isConfigured()) {
            String url = links.to(PAGE, token);
            return Uni.createFrom().item(link(member, expiresAt, url));
        }
        return mails.send(member.accountId(), mail(member.email(), token, expiresAt))
                .map(_ -> link(member, expiresAt, null));
    }

    private static ResetLink link(MemberAccount member, Instant expiresAt, @Nullable String url) {
        return new ResetLink("password_reset", member.id(), expiresAt, url);
    }

    private Uni<Void> record(SessionCaller caller, MemberAccount member) {
        return audit.record(
                member.accountId(),
                Actor.of(caller),
                "member.password_reset_requested",
                new Target("member", member.id()),
                null,
                null);
    }

    /// Sets the new password, consumes the link and ends all sessions. The link is checked first,
    /// so that no password is hashed for an invalid one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `not_found` if the link is used or
    ///   expired
    Uni<NewPassword.Result> confirm(ConfirmReset request) {
        passwords.requireValid("password", request.password());
        LinkToken token = request.link();
        return resets.require(token)
                .chain(() -> passwords.hash(request.password()))
                .chain(hash ->
                        Panache.withTransaction(() ->
                                resets.consume(token)
                                        .chain(this::validOwner)
                                        .chain(member ->
                                                newPassword.set(
                                                        member,
                                                        hash,
                                                        null,
                                                        "member.password_reset"))))
                .invoke(mails::wake);
    }

    /// The member of the link, if whoever created it may still do so.
    private Uni<MemberAccount> validOwner(ResetStore.Link link) {
        Uni<MemberAccount> member = members.require(link.memberId());
        UUID creatorId = link.madeBy();
        return creatorId == null
                ? member
                : member.call(found ->
                        members.find(creatorId)
                                .invoke(creator -> requireStillAllowed(creator, found)));
    }

    private static void requireStillAllowed(@Nullable MemberAccount creator, MemberAccount member) {
        if (creator == null || !creator.role().manages(member.role())) {
            throw ResetStore.notFound();
        }
    }
}
