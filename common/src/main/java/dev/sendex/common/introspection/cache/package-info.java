/// The [dev.sendex.common.introspection.TokenIntrospector] that asks key-service and remembers the
/// answers: one is used for at most 30 seconds without asking again, never past the key's expiry,
/// and is forgotten within a second of a change, because every instance follows the topic
/// `sendex.keys`.
@NullMarked
package dev.sendex.common.introspection.cache;

import org.jspecify.annotations.NullMarked;
