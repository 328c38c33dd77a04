/// Limits of keys that apply to every request: endpoints and rate. Client addresses are checked
/// earlier, together with the key; sender domains and recipients, when emails are accepted.
@NullMarked
package dev.sendex.common.limits;

import org.jspecify.annotations.NullMarked;
