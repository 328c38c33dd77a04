/// Addresses: blocks of them, and the one that a request comes from.
@NullMarked
package dev.sendex.common.network;

import org.jspecify.annotations.NullMarked;
