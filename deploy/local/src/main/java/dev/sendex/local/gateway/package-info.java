/// One port in front of the three services, as the ingress is in Kubernetes.
@NullMarked
package dev.sendex.local.gateway;

import org.jspecify.annotations.NullMarked;
