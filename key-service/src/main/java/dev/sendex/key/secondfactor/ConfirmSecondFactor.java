package dev.sendex.key.secondfactor;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// The first code of an app that was just set up.
record ConfirmSecondFactor(
        @NotBlank(message = "is required") @Size(max = 64, message = "has at most 64 characters")
                String code) {

    @Override
    public String toString() {
        return "ConfirmSecondFactor[hidden]";
    }
}
