/// Serves the dashboard, so that each of its URLs can be opened, reloaded and shared.
@NullMarked
package dev.sendex.key.dashboard;

import org.jspecify.annotations.NullMarked;
