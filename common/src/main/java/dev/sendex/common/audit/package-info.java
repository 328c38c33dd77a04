/// What services say about who changed what. key-service keeps the audit log; the others tell it
/// over the topic `sendex.audit`, in the transaction of the change.
@NullMarked
package dev.sendex.common.audit;

import org.jspecify.annotations.NullMarked;
