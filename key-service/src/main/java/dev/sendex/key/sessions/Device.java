package dev.sendex.key.sessions;

import org.jspecify.annotations.Nullable;

/// From where a session is used, as far as the request tells.
///
/// @param userAgent what the browser calls itself, cut short
record Device(@Nullable String ip, @Nullable String userAgent) {}
