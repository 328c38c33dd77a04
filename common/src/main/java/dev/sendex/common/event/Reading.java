package dev.sendex.common.event;

import java.util.List;

/// What a record turned out to say.
public sealed interface Reading<E> {

    /// What is to be written because of it; nothing, if the record is none of our business.
    record Legible<E>(List<E> effects) implements Reading<E> {

        public Legible {
            effects = List.copyOf(effects);
        }
    }

    /// Nobody will ever be able to read it.
    ///
    /// @param reason must not quote the record
    record Illegible<E>(String reason) implements Reading<E> {}
}
