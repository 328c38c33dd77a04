/// Sessions: opened, refreshed, listed, ended. A session consists of a short-lived signed access
/// token (ES256) and a rotating refresh token. Reuse of a replaced refresh token ends the session.
@NullMarked
package dev.sendex.key.sessions;

import org.jspecify.annotations.NullMarked;
