/// What is stored of a key's token, and the secrets that this takes.
@NullMarked
package dev.sendex.key.keys.peppers;

import org.jspecify.annotations.NullMarked;
