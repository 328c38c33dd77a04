package dev.sendex.key.accounts;

/// A session that was opened or went on, with the secret to go on from here.
record OpenedSession(SessionView view, RefreshToken refreshToken) {}
