package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads ids of members, and says that there is none.
final class MemberId {

    private MemberId() {}

    /// What is no id is the id of nobody.
    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
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
