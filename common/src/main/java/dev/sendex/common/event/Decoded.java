package dev.sendex.common.event;

import java.util.List;

/// What a record turned out to say.
public sealed interface Decoded<E> {

    /// What is to be written because of it; nothing, if the record is none of our business.
    record Valid<E>(List<E> items) implements Decoded<E> {

        public Valid {
            items = List.copyOf(items);
        }
    }

    /// Nobody will ever be able to read it.
    ///
    /// @param reason must not quote the record
    record Malformed<E>(String reason) implements Decoded<E> {}
}
