package dev.sendex.common.token;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/// The environment of a key: only in the live environment are emails really sent.
public enum Environment {
    LIVE("live"),
    TEST("test");

    private final String value;

    Environment(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }

    public static @Nullable Environment find(String value) {
        return switch (value) {
            case "live" -> LIVE;
            case "test" -> TEST;
            default -> null;
        };
    }
}
