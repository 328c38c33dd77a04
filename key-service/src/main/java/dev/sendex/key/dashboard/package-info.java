/// Addresses within the dashboard can be opened, reloaded and passed on like any others.
@NullMarked
package dev.sendex.key.dashboard;

import org.jspecify.annotations.NullMarked;
