/// Token introspection for registered services (RFC 7662), with signed responses on request (RFC
/// 9701). Each response needs one indexed read.
@NullMarked
package dev.sendex.key.introspection;

import org.jspecify.annotations.NullMarked;
