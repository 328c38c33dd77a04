package dev.sendex.local.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The services of Sendex, by the names of their modules.
public enum Service {
    KEY_SERVICE("key-service"),
    SEND_SERVICE("send-service"),
    WEBHOOK_SERVICE("webhook-service");

    private final String module;

    Service(String module) {
        this.module = module;
    }

    public String module() {
        return module;
    }

    public static @Nullable Service find(String module) {
        return Arrays.stream(values())
                .filter(service -> service.module.equals(module))
                .findFirst()
                .orElse(null);
    }
}
