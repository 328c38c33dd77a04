/// Sign-up, sign-in and sign-out, the limits on guessing, and the protection of such endpoints from
/// pages of other sites.
@NullMarked
package dev.sendex.key.sessions.signin;

import org.jspecify.annotations.NullMarked;
