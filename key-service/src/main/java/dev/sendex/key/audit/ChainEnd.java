package dev.sendex.key.audit;

/// The last event of an account's chain. Read it with [#LOCK] to add an event.
///
/// @param hash in hexadecimal
record ChainEnd(long sequence, String hash) {

    /// Locks the end of the account's chain until the transaction ends, so that no two events have
    /// the same predecessor.
    static final String LOCK =
            """
            insert into audit_head (account_id, sequence, hash) values ($1, 0, decode($2, 'hex'))
            on conflict on constraint audit_head_pk do update set sequence = audit_head.sequence
            returning sequence, encode(hash, 'hex') as hash
            """;

    /// The end of a chain without events.
    static final ChainEnd NONE = new ChainEnd(0, AuditEvent.NO_HASH);
}
