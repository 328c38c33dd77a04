/// Sessions: opened, continued, listed, ended. A session is a short-lived signed token (ES256) with
/// a rotating refresh token behind it; whoever presents a refresh token that is used up ends the
/// session.
@NullMarked
package dev.sendex.key.sessions;

import org.jspecify.annotations.NullMarked;
