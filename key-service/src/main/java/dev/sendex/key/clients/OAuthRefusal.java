package dev.sendex.key.clients;

/// An error response in the format of RFC 6749, section 5.2. It has no stack trace, since the cause
/// is the request and not our code.
public final class OAuthRefusal extends RuntimeException {

    /// The error codes in use, with their status.
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

    /// A malformed request.
    ///
    /// @param description the remedy, in ASCII without quotes and backslashes, as the RFC requires
    public static OAuthRefusal invalidRequest(String description) {
        return new OAuthRefusal(Code.INVALID_REQUEST, description);
    }

    /// The method is not POST.
    public static OAuthRefusal methodNotAllowed() {
        return new OAuthRefusal(Code.METHOD_NOT_ALLOWED, "Send a POST.");
    }

    /// The body has more than this many bytes.
    public static OAuthRefusal payloadTooLarge(long limit) {
        return new OAuthRefusal(
                Code.PAYLOAD_TOO_LARGE, "The body may have at most %d bytes.".formatted(limit));
    }

    /// The request cannot be processed at present.
    public static OAuthRefusal unavailable() {
        return new OAuthRefusal(Code.TEMPORARILY_UNAVAILABLE, "Try again in a moment.");
    }

    static OAuthRefusal invalidClient(String description) {
        return new OAuthRefusal(Code.INVALID_CLIENT, description);
    }

    /// The same response for unknown ids and wrong secrets.
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
