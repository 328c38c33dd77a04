/// What key-service says about a presented token (RFC 7662), and the client that remembers it.
///
/// A service learns what a key may do from one place, [TokenIntrospector]. Everywhere but in
/// key-service that is the cached client of this package: an answer is used for at most 30 seconds
/// without asking again, never past the key's expiry, and is forgotten within a second of a change,
/// because every instance follows the topic `sendex.keys`. key-service, which is asked by the
/// others and asks no one, sets `sendex.identity.authority=own` and brings its own
/// [TokenIntrospector].
@NullMarked
package dev.sendex.common.introspection;

import org.jspecify.annotations.NullMarked;
