/// The catalogue of what a key or a session may be allowed to do.
@NullMarked
package dev.sendex.common.permission;

import org.jspecify.annotations.NullMarked;
