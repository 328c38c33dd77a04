/// The specification of a new or edited key: the request format and its validation.
@NullMarked
package dev.sendex.key.keys.spec;

import org.jspecify.annotations.NullMarked;
