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

/// A member's second factor. Until it is enabled, somebody is setting it up and it counts for
/// nothing.
@Entity(name = "second_factor")
class SecondFactor {

    /// How many wrong codes in a row are put up with, however long they take (NIST SP 800-63B-4,
    /// section 3.2.2). Three of a million codes count at a time: the chance that a guesser is right
    /// within these is 1 in 3000.
    static final int MAX_WRONG_CODES = 100;

    /// Somebody who mistypes this often is worth a mail.
    static final int TELLING_WRONG_CODES = 10;

    /// How long somebody may take to set the app up.
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

    /// The time step of the last code that was used; no earlier one counts.
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

    /// Uses the code of this step up.
    ///
    /// @return whether it was still good
    boolean use(long step) {
        if (step <= lastStep) {
            return false;
        }
        lastStep = step;
        wrongCodes = 0;
        return true;
    }

    /// Uses a recovery code up.
    ///
    /// @return whether it was one
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
