/// Recognises the services that may introspect. Each is registered in the configuration with one
/// way of proving itself: a secret, or a key of its own with which it signs assertions. Requests
/// are refused as RFC 6749, section 5.2, has it.
@NullMarked
package dev.sendex.key.clients;

import org.jspecify.annotations.NullMarked;
