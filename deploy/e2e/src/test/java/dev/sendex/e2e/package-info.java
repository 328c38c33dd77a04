/// Stories across the services. Each starts its own stack, as a new user would, and uses the public
/// interfaces only.
@NullMarked
package dev.sendex.e2e;

import org.jspecify.annotations.NullMarked;
