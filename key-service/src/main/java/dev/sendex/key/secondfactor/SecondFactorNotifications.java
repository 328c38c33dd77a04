package dev.sendex.key.secondfactor;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.mail.Mail;
import dev.sendex.key.mail.Mails;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records in the audit log what happens to a second factor, and notifies the member by email,
/// inside the caller's transaction.
@ApplicationScoped
class SecondFactorNotifications {

    private static final Duration MAIL_LIFETIME = Duration.ofDays(1);
    private static final String NOT_YOU =
            """

            If that was not you, set a new password, and ask an owner or admin of the account to \
            look at its audit log.
            """;

    private final AuditLog audit;
    private final Mails mails;
    private final Clock clock;

    SecondFactorNotifications(AuditLog audit, Mails mails, Clock clock) {
        this.audit = audit;
        this.mails = mails;
        this.clock = clock;
    }

    Uni<Void> enabled(MemberAccount member, Actor by) {
        return record(member, by, "member.second_factor_enabled", null)
                .chain(() ->
                        notify(
                                member,
                                "Two-factor authentication is enabled for your Sendex account",
                                """
                                Two-factor authentication was enabled for your account: signing \
                                in now requires a code of your authenticator app in addition to \
                                your password. Keep the recovery codes in a place that you can \
                                reach without the app.
                                """));
    }

    /// @param by the member, or another one who disabled it for them
    Uni<Void> disabled(MemberAccount member, Actor by) {
        return record(member, by, "member.second_factor_disabled", null)
                .chain(() ->
                        notify(
                                member,
                                "Two-factor authentication is disabled for your Sendex account",
                                """
                                Two-factor authentication was disabled for your account: signing \
                                in now requires only your password.
                                """));
    }

    Uni<Void> codesRenewed(MemberAccount member, Actor by) {
        return record(member, by, "member.recovery_codes_renewed", null);
    }

    Uni<Void> recoveryCodeUsed(MemberAccount member, int left) {
        Map<String, Integer> after = Map.of("recovery_codes_left", left);
        return record(member, Actor.member(member.id(), null), "member.recovery_code_used", after)
                .chain(() ->
                        notify(
                                member,
                                "A Sendex recovery code was used",
                                """
                                One of your recovery codes was used instead of a code of your \
                                authenticator app. %d are left.
                                """
                                        .formatted(left)));
    }

    Uni<Void> guessedAt(MemberAccount member) {
        return notify(
                member,
                "Somebody may know your Sendex password",
                """
                Somebody entered the correct password of your Sendex account and %d wrong codes \
                in a row.
                """
                        .formatted(SecondFactor.NOTIFY_WRONG_CODES));
    }

    Uni<Void> locked(MemberAccount member) {
        return record(member, Actor.anonymous(), "member.second_factor_locked", null)
                .chain(() ->
                        notify(
                                member,
                                "Your Sendex sign-in accepts recovery codes only",
                                """
                                Somebody entered the correct password of your Sendex account and \
                                %d wrong codes in a row. Codes of your authenticator app are not \
                                accepted until you have signed in with a recovery code.
                                """
                                        .formatted(SecondFactor.MAX_WRONG_CODES)));
    }

    private Uni<Void> record(
            MemberAccount member, Actor by, String action, @Nullable Object after) {
        return audit.record(
                member.accountId(), by, action, new Target("member", member.id()), null, after);
    }

    private Uni<Void> notify(MemberAccount member, String subject, String text) {
        Mail mail =
                new Mail(
                        member.email(),
                        subject,
                        text + NOT_YOU,
                        clock.instant().plus(MAIL_LIFETIME));
        return mails.notify(member.accountId(), mail);
    }
}
