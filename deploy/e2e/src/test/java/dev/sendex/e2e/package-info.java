/// End-to-end tests across the services. Each starts its own stack, as a new user would, and uses
/// only public interfaces.
@NullMarked
package dev.sendex.e2e;

import org.jspecify.annotations.NullMarked;
