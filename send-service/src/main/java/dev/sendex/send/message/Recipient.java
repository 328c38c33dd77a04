package dev.sendex.send.message;

import java.util.Locale;

/// Someone an email goes to, and where that is shown: a `BCC` recipient is in the envelope only.
public record Recipient(Kind kind, EmailAddress address) {

    public enum Kind {
        TO,
        CC,
        BCC;

        /// As the API and the database write it.
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String value) {
            return valueOf(value.toUpperCase(Locale.ROOT));
        }
    }
}
