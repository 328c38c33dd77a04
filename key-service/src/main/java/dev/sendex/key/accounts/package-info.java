/// Accounts, their members, and the sessions that members sign in to. Passwords are Argon2id,
/// sessions are short-lived signed tokens (ES256) with a rotating refresh token behind them.
@NullMarked
package dev.sendex.key.accounts;

import org.jspecify.annotations.NullMarked;
