package dev.sendex.key.clients;

/// A request that is refused in the words of RFC 6749, section 5.2. Carries no stack trace: it
/// tells of the caller's request, not of our code.
public final class OAuthRefusal extends RuntimeException {

    /// The codes in use, with the status of each.
    public enum Code {
        INVALID_REQUEST(400, "invalid_request"),
        INVALID_CLIENT(401, "invalid_client"),
        METHOD_NOT_ALLOWED(405, "invalid_request"),
        PAYLOAD_TOO_LARGE(413, "invalid_request"),
        TEMPORARILY_UNAVAILABLE(503, "temporarily_unavailable");

        private final int status;
        private final String value;

        Code(int status, String value) {
            this.status = status;
            this.value = value;
        }

        public int status() {
            return status;
        }

        public String value() {
            return value;
        }
    }

    private final Code code;
    private final String description;

    private OAuthRefusal(Code code, String description) {
        super(code.value() + ": " + description, null, false, false);
        this.code = code;
        this.description = description;
    }

    /// A request that is not well-formed.
    ///
    /// @param description what would be right, in ASCII and without quotes or backslashes, as the
    ///   RFC wants it
    public static OAuthRefusal invalidRequest(String description) {
        return new OAuthRefusal(Code.INVALID_REQUEST, description);
    }

    /// Anything but a POST.
    public static OAuthRefusal methodNotAllowed() {
        return new OAuthRefusal(Code.METHOD_NOT_ALLOWED, "Send a POST.");
    }

    /// A body of more than this many bytes.
    public static OAuthRefusal payloadTooLarge(long limit) {
        return new OAuthRefusal(
                Code.PAYLOAD_TOO_LARGE, "The body may have at most %d bytes.".formatted(limit));
    }

    /// Nothing can be told at present.
    public static OAuthRefusal unavailable() {
        return new OAuthRefusal(Code.TEMPORARILY_UNAVAILABLE, "Try again in a moment.");
    }

    static OAuthRefusal invalidClient(String description) {
        return new OAuthRefusal(Code.INVALID_CLIENT, description);
    }

    /// One answer for unknown ids and wrong secrets.
    static OAuthRefusal unknownClient() {
        return invalidClient("Client authentication failed.");
    }

    public Code code() {
        return code;
    }

    public String description() {
        return description;
    }
}
