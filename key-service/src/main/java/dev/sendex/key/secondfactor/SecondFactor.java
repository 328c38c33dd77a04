package dev.sendex.key.secondfactor;

import dev.sendex.key.secondfactor.totp.EncryptedSecret;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A member's second factor. Until it is enabled, it is being set up and not required.
@Entity(name = "second_factor")
class SecondFactor {

    /// How many wrong codes in a row are accepted over any length of time (NIST SP 800-63B-4,
    /// section 3.2.2). Three of a million codes are valid at a time, so guessing succeeds within
    /// this limit with a probability of 1 in 3000.
    static final int MAX_WRONG_CODES = 100;

    /// After this many wrong codes the member is notified.
    static final int NOTIFY_WRONG_CODES = 10;

    /// How long a setup can be confirmed.
    static final Duration TIME_TO_CONFIRM = Duration.ofHours(1);

    @Id
    @Column(name = "member_id")
    UUID memberId;

    @Column(name = "account_id", nullable = false)
    UUID accountId;

    @Column(nullable = false)
    byte[] secret;

    @Column(name = "key_version", nullable = false)
    int keyVersion;

    @Column(name = "started_at", nullable = false)
    Instant startedAt;

    @Column(name = "enabled_at")
    @Nullable Instant enabledAt;

    /// The time step of the last accepted code. Codes of this and earlier steps are refused.
    @Column(name = "last_step", nullable = false)
    long lastStep;

    @Column(name = "wrong_codes", nullable = false)
    int wrongCodes;

    @Column(name = "recovery_hashes", columnDefinition = "_text", nullable = false)
    String[] recoveryHashes;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    SecondFactor() {}

    boolean isPendingAt(Instant now) {
        return enabledAt == null && startedAt.plus(TIME_TO_CONFIRM).isAfter(now);
    }

    boolean isLocked() {
        return wrongCodes >= MAX_WRONG_CODES;
    }

    EncryptedSecret encrypted() {
        return new EncryptedSecret(keyVersion, secret);
    }

    void encrypt(EncryptedSecret encrypted) {
        secret = encrypted.bytes();
        keyVersion = encrypted.keyVersion();
    }

    void enable(long step, List<RecoveryCode> codes, Instant now) {
        enabledAt = now;
        lastStep = step;
        renew(codes);
    }

    void renew(List<RecoveryCode> codes) {
        recoveryHashes = codes.stream().map(code -> code.hash(memberId)).toArray(String[]::new);
    }

    /// Uses up the code of this step.
    ///
    /// @return false if this or a later code was used before
    boolean use(long step) {
        if (step <= lastStep) {
            return false;
        }
        lastStep = step;
        wrongCodes = 0;
        return true;
    }

    /// Uses up a recovery code.
    ///
    /// @return whether it is one of this member's codes
    boolean use(RecoveryCode code) {
        String hash = code.hash(memberId);
        String[] others =
                Arrays.stream(recoveryHashes)
                        .filter(known -> !known.equals(hash))
                        .toArray(String[]::new);
        boolean known = others.length < recoveryHashes.length;
        if (known) {
            recoveryHashes = others;
            wrongCodes = 0;
        }
        return known;
    }
}
