package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Parses ids of members and reports unknown ones.
final class MemberId {

    private MemberId() {}

    /// Text that is not a valid id gets the same 404 as an unknown id.
    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    static Member require(@Nullable Member member) {
        if (member == null) {
            throw unknown();
        }
        return member;
    }

    private static RuntimeException unknown() {
        return NOT_FOUND.because("No member has this id.");
    }
}
