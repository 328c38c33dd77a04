package dev.sendex.key.secondfactor;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.passwords.CurrentPassword;
import dev.sendex.key.secondfactor.totp.TotpSecret;
import dev.sendex.key.secondfactor.totp.TotpSecretCipher;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets an authenticator app up in two steps: nothing changes until a code has proved that the app
/// has the secret.
@ApplicationScoped
class Enrolment {

    private final SecondFactorRepository factors;
    private final Members members;
    private final CurrentPassword password;
    private final TotpSecretCipher cipher;
    private final SecondFactorNotifications notifications;
    private final Throttle throttle;
    private final CurrentClient client;
    private final Mails mails;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Enrolment(
            SecondFactorRepository factors,
            Members members,
            CurrentPassword password,
            TotpSecretCipher cipher,
            SecondFactorNotifications notifications,
            Throttle throttle,
            CurrentClient client,
            Mails mails,
            Clock clock) {
        this.factors = factors;
        this.members = members;
        this.password = password;
        this.cipher = cipher;
        this.notifications = notifications;
        this.throttle = throttle;
        this.client = client;
        this.mails = mails;
        this.clock = clock;
    }

    /// Generates a secret, replacing an unconfirmed one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if the password is
    ///   wrong, `conflict` if the caller has a second factor already
    Uni<StartedSecondFactor> start(SessionCaller caller, StartSecondFactor request) {
        TotpSecret secret = TotpSecret.generate(random);
        return password.require(caller, "password", request.password())
                .chain(() -> Panache.withTransaction(() -> begin(caller, secret)))
                .map(member -> StartedSecondFactor.of(secret, member.email()));
    }

    private Uni<MemberAccount> begin(SessionCaller caller, TotpSecret secret) {
        return members.require(caller.userId())
                .call(member ->
                        factors.begin(member, cipher.encrypt(member.id(), secret), clock.instant())
                                .invoke(Enrolment::requireBegun));
    }

    /// Enables the second factor.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if the code is wrong,
    ///   `conflict` if no setup is in progress, `rate_limit_exceeded` after too many attempts
    Uni<IssuedRecoveryCodes> confirm(SessionCaller caller, ConfirmSecondFactor request) {
        List<RecoveryCode> codes = RecoveryCode.generate(random);
        PresentedCode code = PresentedCode.of(request.code());
        Attempt attempt =
                Attempt.of(
                        "second-factor",
                        caller.userId().toString(),
                        Bound.SIGNED_IN,
                        client.address());
        return throttle.admit(attempt)
                .chain(() -> Panache.withTransaction(() -> enable(caller, code, codes)))
                .call(() -> throttle.succeeded(attempt))
                .invoke(mails::wake)
                .map(_ -> IssuedRecoveryCodes.of(codes));
    }

    private Uni<Void> enable(SessionCaller caller, PresentedCode code, List<RecoveryCode> codes) {
        return factors.findLocked(caller.userId())
                .map(this::requirePending)
                .invoke(factor -> factor.enable(step(factor, code), codes, clock.instant()))
                .chain(() -> members.require(caller.userId()))
                .chain(member -> notifications.enabled(member, Actor.of(caller)));
    }

    /// The time step of the code, which is thereby used up.
    private long step(SecondFactor factor, PresentedCode code) {
        TotpSecret secret = cipher.decrypt(factor.memberId, factor.encrypted());
        Long step = secret == null ? null : secret.stepOf(code.value(), clock.instant());
        if (step == null) {
            throw VALIDATION_ERROR.on(
                    "code", "is not the current code of the app; check the clock of your device");
        }
        return step;
    }

    private SecondFactor requirePending(@Nullable SecondFactor factor) {
        if (factor == null || !factor.isPendingAt(clock.instant())) {
            throw CONFLICT.because(
                    "No two-factor setup is in progress, or it has expired. Start again.");
        }
        return factor;
    }

    private static void requireBegun(boolean begun) {
        if (!begun) {
            throw CONFLICT.because(
                    "Two-factor authentication is already enabled. Disable it before you set it up"
                            + " again.");
        }
    }

    /// A request to set an app up.
    record StartSecondFactor(
            @NotNull(message = "is required")
                    @Size(max = 256, message = "has at most 256 characters")
                    String password) {

        @Override
        public String toString() {
            return "StartSecondFactor[hidden]";
        }
    }

    /// The secret for the authenticator app, shown once.
    ///
    /// @param secret in base32, for typing
    /// @param uri the same as an `otpauth` URI, for a QR code
    @RegisterForReflection
    record StartedSecondFactor(String object, String secret, URI uri) {

        static StartedSecondFactor of(TotpSecret secret, String email) {
            return new StartedSecondFactor("second_factor", secret.base32(), secret.uri(email));
        }

        @Override
        public String toString() {
            return "StartedSecondFactor[hidden]";
        }
    }

    /// The first code of an app that was just set up.
    record ConfirmSecondFactor(
            @NotBlank(message = "is required")
                    @Size(max = 64, message = "has at most 64 characters")
                    String code) {

        @Override
        public String toString() {
            return "ConfirmSecondFactor[hidden]";
        }
    }
}
