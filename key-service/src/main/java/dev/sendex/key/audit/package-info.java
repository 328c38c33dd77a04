/// The audit log: who changed what, with which key or session, from where. An event is written in
/// the transaction of the change it tells of; other services write a record in theirs, which
/// becomes an event when it arrives here, once. Events are only ever added; each account's form a
/// chain of hashes, so that one that was altered, removed or slipped in shows.
@NullMarked
package dev.sendex.key.audit;

import org.jspecify.annotations.NullMarked;
