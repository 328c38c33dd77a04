/// The catalogue of permissions.
@NullMarked
package dev.sendex.common.permission;

import org.jspecify.annotations.NullMarked;
