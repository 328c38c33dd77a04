/// Simulates SES for emails of test keys, with events that the recipients' addresses select.
@NullMarked
package dev.sendex.send.simulation;

import org.jspecify.annotations.NullMarked;
