/// One-time links by which people prove that a mail reached them.
@NullMarked
package dev.sendex.key.links;

import org.jspecify.annotations.NullMarked;
