/// Records for other services, written in the transaction of the change that they report.
@NullMarked
package dev.sendex.key.outbox;

import org.jspecify.annotations.NullMarked;
