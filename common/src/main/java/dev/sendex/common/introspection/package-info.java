/// What key-service says about a presented token (RFC 7662).
///
/// A service learns what a key may do from one place, [TokenIntrospector]. Everywhere but in
/// key-service that is the client in [dev.sendex.common.introspection.cache]. key-service, which is
/// asked by the others and asks no one, sets `sendex.identity.authority=own` and brings its own
/// [TokenIntrospector].
@NullMarked
package dev.sendex.common.introspection;

import org.jspecify.annotations.NullMarked;
