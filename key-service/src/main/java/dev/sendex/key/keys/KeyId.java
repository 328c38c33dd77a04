package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import java.util.UUID;

/// Reads ids of keys in paths.
final class KeyId {

    private KeyId() {}

    /// What is no id is the id of nothing.
    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw NOT_FOUND.because("No API key has this id.");
        }
    }
}
