/// Holds every request to what its key was bound to besides permissions: endpoints and rate. Where
/// a key may be used from is judged before, with the key itself; which domains and how many
/// recipients it may send to, where emails are accepted.
@NullMarked
package dev.sendex.common.limits;

import org.jspecify.annotations.NullMarked;
