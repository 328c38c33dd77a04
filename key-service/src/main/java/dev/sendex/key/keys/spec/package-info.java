/// What a new or edited key is to be: how it is asked for, and what is accepted.
@NullMarked
package dev.sendex.key.keys.spec;

import org.jspecify.annotations.NullMarked;
