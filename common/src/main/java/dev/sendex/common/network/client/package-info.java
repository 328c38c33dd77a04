/// The client's address of a request, which depends on the proxies before this service.
@NullMarked
package dev.sendex.common.network.client;

import org.jspecify.annotations.NullMarked;
