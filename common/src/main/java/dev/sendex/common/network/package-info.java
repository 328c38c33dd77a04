/// IP addresses: CIDR blocks, and the client's address of a request.
@NullMarked
package dev.sendex.common.network;

import org.jspecify.annotations.NullMarked;
