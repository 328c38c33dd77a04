package dev.sendex.key.sessions;

/// A session that was opened or went on, with the secret to go on from here.
public record OpenedSession(SessionView view, String refreshToken) {

    OpenedSession(SessionView view, RefreshToken refreshToken) {
        this(view, refreshToken.value());
    }

    @Override
    public String toString() {
        return "OpenedSession[hidden]";
    }
}
