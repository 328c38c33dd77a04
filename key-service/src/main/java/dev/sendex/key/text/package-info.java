/// What the names may be that people read.
@NullMarked
package dev.sendex.key.text;

import org.jspecify.annotations.NullMarked;
