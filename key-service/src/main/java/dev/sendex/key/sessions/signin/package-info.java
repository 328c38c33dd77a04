/// Signing up, in and out: who opens a session, and how guessing is stopped.
@NullMarked
package dev.sendex.key.sessions.signin;

import org.jspecify.annotations.NullMarked;
