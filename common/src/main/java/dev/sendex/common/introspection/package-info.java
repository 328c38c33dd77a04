/// Introspection of tokens (RFC 7662).
///
/// Everywhere a service learns what a key may do from [TokenIntrospector]. In all services except
/// key-service this is the client in [dev.sendex.common.introspection.cache]. key-service itself
/// sets `sendex.identity.authority=own` and provides its own implementation.
@NullMarked
package dev.sendex.common.introspection;

import org.jspecify.annotations.NullMarked;
