package dev.sendex.common.usage;

import com.fasterxml.jackson.annotation.JsonValue;

/// The outcome of a request, by its status.
public enum Outcome {
    /// 2xx and 3xx
    SUCCESS("success"),
    /// 4xx: the request or the key was refused
    REFUSED("refused"),
    /// 5xx, and requests whose client disconnected before the response
    FAILED("failed");

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private final String value;

    Outcome(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }

    static Outcome ofStatus(int status) {
        if (status < BAD_REQUEST) {
            return SUCCESS;
        }
        return status < SERVER_ERROR ? REFUSED : FAILED;
    }
}
