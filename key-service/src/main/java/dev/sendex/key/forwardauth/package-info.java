/// Guards services that are not ours: a reverse proxy asks about every request before it passes it
/// on, and learns whether the key that came with it may do this, and whose it is. Works with nginx
/// (`auth_request`), Traefik (`ForwardAuth`) and Envoy (`ext_authz` over HTTP); see
/// `docs/forward-auth.md`.
@NullMarked
package dev.sendex.key.forwardauth;

import org.jspecify.annotations.NullMarked;
