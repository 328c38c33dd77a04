/// The [dev.sendex.common.introspection.TokenIntrospector] that calls key-service and caches the
/// responses: one is used for at most 30 seconds without another lookup, never past the key's
/// expiry, and is evicted within a second of a change, because every instance consumes the topic
/// `sendex.keys`.
@NullMarked
package dev.sendex.common.introspection.cache;

import org.jspecify.annotations.NullMarked;
