/// IP addresses and blocks of them.
@NullMarked
package dev.sendex.common.network;

import org.jspecify.annotations.NullMarked;
