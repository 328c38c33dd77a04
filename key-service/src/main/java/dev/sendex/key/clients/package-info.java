/// Authenticates the services that may introspect. Each is registered in the configuration with one
/// authentication method: a secret, or a key that it signs assertions with. Error responses follow
/// RFC 6749, section 5.2.
@NullMarked
package dev.sendex.key.clients;

import org.jspecify.annotations.NullMarked;
