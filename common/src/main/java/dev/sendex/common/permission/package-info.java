/// What callers may do: the catalogue of permissions, and the endpoints that keys can be restricted
/// to.
@NullMarked
package dev.sendex.common.permission;

import org.jspecify.annotations.NullMarked;
