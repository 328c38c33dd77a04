/// Tells registered services what a token is worth (RFC 7662), signed if they want that (RFC 9701).
/// Only reads; one indexed row an answer.
@NullMarked
package dev.sendex.key.introspection;

import org.jspecify.annotations.NullMarked;
