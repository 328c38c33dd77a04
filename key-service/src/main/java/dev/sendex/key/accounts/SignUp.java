package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.regex.Pattern;

/// A request for a new account with its first member.
@JsonNaming(SnakeCaseStrategy.class)
record SignUp(
        @NotBlank(message = "is required") @Size(max = 254, message = "has at most 254 characters")
                String email,
        @NotNull(message = "is required") @Size(max = 256, message = "has at most 256 characters")
                String password,
        @NotBlank(message = "is required") @Size(max = 100, message = "has at most 100 characters")
                String accountName) {

    /// Enough to catch a slip; only a mail that arrives proves an address.
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");

    String normalizedEmail() {
        return normalize(email);
    }

    static String normalize(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /// Refuses what is no address, and passwords that are too short. Length is all that is asked of
    /// a password (NIST SP 800-63B, section 5.1.1.2).
    void check(int minPasswordLength) {
        if (!EMAIL.matcher(normalizedEmail()).matches()) {
            throw VALIDATION_ERROR.on("email", "must be an email address");
        }
        if (password.codePointCount(0, password.length()) < minPasswordLength) {
            throw VALIDATION_ERROR.on(
                    "password", "must have at least %d characters".formatted(minPasswordLength));
        }
    }

    @Override
    public String toString() {
        return "SignUp[hidden]";
    }
}
