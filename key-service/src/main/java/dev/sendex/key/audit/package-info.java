/// The audit log: who changed what, with which key or session, from where. An event is written in
/// the transaction of the change. Other services write a record in theirs, which becomes an event
/// here exactly once. Events are append-only; those of an account form a hash chain, which reveals
/// altered, removed and inserted events.
@NullMarked
package dev.sendex.key.audit;

import org.jspecify.annotations.NullMarked;
