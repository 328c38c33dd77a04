package dev.sendex.key.audit;

/// The head of an account's chain: its last event. Read it with [#LOCK] to add an event.
///
/// @param hash in hexadecimal
record ChainHead(long sequence, String hash) {

    /// Locks the head of the account's chain until the transaction ends, so that no two events have
    /// the same predecessor.
    static final String LOCK =
            """
            insert into audit_head (account_id, sequence, hash) values ($1, 0, decode($2, 'hex'))
            on conflict on constraint audit_head_pk do update set sequence = audit_head.sequence
            returning sequence, encode(hash, 'hex') as hash
            """;

    /// The head of a chain without events.
    static final ChainHead NONE = new ChainHead(0, AuditEvent.NO_HASH);
}
