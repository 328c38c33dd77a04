/// The keys that this service signs with. Several are published at once, so that they can be
/// replaced while sessions go on.
@NullMarked
package dev.sendex.key.signing;

import org.jspecify.annotations.NullMarked;
