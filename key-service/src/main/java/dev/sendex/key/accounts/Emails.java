package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import java.util.Locale;
import java.util.regex.Pattern;

/// The addresses that members are known by: one, however it is written.
public final class Emails {

    /// Enough to catch a slip; only a mail that arrives proves an address.
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}.]+(\\.[^@\\s\\p{Cntrl}.]+)+");

    private Emails() {}

    public static String normalize(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /// The address in its one form.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` where it is none
    public static String require(String email) {
        String normalized = normalize(email);
        if (!EMAIL.matcher(normalized).matches()) {
            throw VALIDATION_ERROR.on("email", "must be an email address");
        }
        return normalized;
    }
}
