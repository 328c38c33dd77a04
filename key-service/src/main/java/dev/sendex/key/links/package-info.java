/// One-time links, which prove that an email arrived.
@NullMarked
package dev.sendex.key.links;

import org.jspecify.annotations.NullMarked;
