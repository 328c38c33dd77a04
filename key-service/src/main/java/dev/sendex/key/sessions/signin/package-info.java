/// Sign-up, sign-in and sign-out, and the limits on guessing.
@NullMarked
package dev.sendex.key.sessions.signin;

import org.jspecify.annotations.NullMarked;
