package dev.sendex.key.secondfactor;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/// A request to set an app up.
record StartSecondFactor(
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password) {

    @Override
    public String toString() {
        return "StartSecondFactor[hidden]";
    }
}
