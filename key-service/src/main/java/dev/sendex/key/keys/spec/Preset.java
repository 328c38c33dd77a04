package dev.sendex.key.keys.spec;

import dev.sendex.common.permission.Permission;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A named set of permissions for a common use.
enum Preset {
    FULL_ACCESS("full_access"),
    SENDING_ACCESS("sending_access"),
    READ_ONLY("read_only"),
    STATS_ONLY("stats_only");

    private final String value;

    Preset(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }

    Set<Permission> permissions() {
        return Arrays.stream(Permission.values())
                .filter(this::includes)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean includes(Permission permission) {
        return switch (this) {
            case FULL_ACCESS -> true;
            case SENDING_ACCESS -> permission == Permission.EMAILS_SEND;
            case READ_ONLY -> permission.value().endsWith(":read");
            case STATS_ONLY -> permission == Permission.STATS_READ;
        };
    }

    static @Nullable Preset find(String value) {
        for (Preset preset : values()) {
            if (preset.value.equals(value)) {
                return preset;
            }
        }
        return null;
    }
}
