package dev.sendex.key.recovery;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.devices.KnownDevices;
import dev.sendex.key.mail.Mail;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.sessions.Sessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sets a new password inside the caller's transaction: sessions that were opened with the old one
/// are ended, all known devices except the current one are forgotten, a pending reset link is
/// deleted, and the member is notified.
@ApplicationScoped
class NewPassword {

    private static final Duration MAIL_LIFETIME = Duration.ofDays(1);

    private final Members members;
    private final ResetStore resets;
    private final Sessions sessions;
    private final KnownDevices devices;
    private final AuditLog audit;
    private final Mails mails;
    private final Clock clock;

    NewPassword(
            Members members,
            ResetStore resets,
            Sessions sessions,
            KnownDevices devices,
            AuditLog audit,
            Mails mails,
            Clock clock) {
        this.members = members;
        this.resets = resets;
        this.sessions = sessions;
        this.devices = devices;
        this.audit = audit;
        this.mails = mails;
        this.clock = clock;
    }

    /// The result.
    ///
    /// @param device the token of the current device
    record Result(ChangedPassword changed, String device) {

        @Override
        public String toString() {
            return "Result[hidden]";
        }
    }

    /// @param currentSession the session that is not ended, or null
    /// @param action the name in the audit log
    Uni<Result> set(
            MemberAccount member, String hash, @Nullable UUID currentSession, String action) {
        return members.setPassword(member.id(), hash)
                .chain(() -> resets.remove(member.id()))
                .chain(() -> notify(member))
                .chain(() -> sessions.endAll(member.id(), currentSession))
                .map(ChangedPassword::new)
                .call(changed -> record(member, currentSession, action, changed))
                .map(changed -> new Result(changed, devices.remember(member.id(), hash)));
    }

    /// Must be last: others that end a session lock it before the account's audit log as well.
    private Uni<Void> record(
            MemberAccount member,
            @Nullable UUID currentSession,
            String action,
            ChangedPassword changed) {
        return audit.record(
                member.accountId(),
                Actor.member(member.id(), currentSession),
                action,
                new Target("member", member.id()),
                null,
                changed);
    }

    private Uni<Void> notify(MemberAccount member) {
        Mail mail =
                new Mail(
                        member.email(),
                        "Your Sendex password was changed",
                        """
                        The password of your Sendex account was just changed, and your other \
                        sessions have ended.

                        If that was not you, request a new password and check the audit log of \
                        the account.
                        """,
                        clock.instant().plus(MAIL_LIFETIME));
        return mails.notify(member.accountId(), mail);
    }
}
