package dev.sendex.key.secondfactor;

import dev.sendex.common.crypto.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;

/// A recovery code: 80 random bits that replace the app once. Only a plain hash is stored, since 80
/// bits cannot be guessed. The hash includes the member's id, so that a guess cannot be tried
/// against all members at once.
record RecoveryCode(String value) {

    private static final int BYTES = 10;
    private static final int CODES = 10;

    /// A full set for one member.
    static List<RecoveryCode> generate(RandomGenerator random) {
        return Stream.generate(() -> generateOne(random)).limit(CODES).toList();
    }

    private static RecoveryCode generateOne(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new RecoveryCode(new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT));
    }

    String hash(UUID memberId) {
        return HexFormat.of().formatHex(Sha256.of("%s %s".formatted(memberId, value)));
    }

    /// Formatted in groups of four.
    String formatted() {
        return value.replaceAll("(.{4})(?!$)", "$1-");
    }

    @Override
    public String toString() {
        return "RecoveryCode[hidden]";
    }
}
