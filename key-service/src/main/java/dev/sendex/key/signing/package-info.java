/// The signing keys of this service. Several are published at the same time, so that they can be
/// rotated without ending sessions.
@NullMarked
package dev.sendex.key.signing;

import org.jspecify.annotations.NullMarked;
