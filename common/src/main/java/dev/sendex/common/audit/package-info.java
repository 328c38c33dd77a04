/// Records for the audit log, which key-service stores. The other services send them over the topic
/// `sendex.audit`, in the transaction of the change.
@NullMarked
package dev.sendex.common.audit;

import org.jspecify.annotations.NullMarked;
