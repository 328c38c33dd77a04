/// A reverse proxy in front of the three services, like the ingress in Kubernetes.
@NullMarked
package dev.sendex.local.gateway;

import org.jspecify.annotations.NullMarked;
