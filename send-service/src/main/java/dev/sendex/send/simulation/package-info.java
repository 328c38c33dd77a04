/// What emails of test keys meet instead of SES: events as the recipients' addresses ask for them.
@NullMarked
package dev.sendex.send.simulation;

import org.jspecify.annotations.NullMarked;
