package dev.sendex.key.sessions;

import org.jspecify.annotations.Nullable;

/// A session that was opened or went on, with the secret to go on from here.
///
/// @param device by which the browser is known from now on, null where that does not change
public record OpenedSession(SessionView view, String refreshToken, @Nullable String device) {

    OpenedSession(SessionView view, RefreshToken refreshToken, @Nullable String device) {
        this(view, refreshToken.value(), device);
    }

    @Override
    public String toString() {
        return "OpenedSession[hidden]";
    }
}
