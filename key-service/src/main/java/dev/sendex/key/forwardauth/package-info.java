/// Forward authentication for other services: a reverse proxy asks about every request before it
/// forwards it, and learns whether the request's key permits it and whose key it is. Works with
/// nginx (`auth_request`), Traefik (`ForwardAuth`) and Envoy (`ext_authz` over HTTP); see
/// `docs/forward-auth.md`.
@NullMarked
package dev.sendex.key.forwardauth;

import org.jspecify.annotations.NullMarked;
