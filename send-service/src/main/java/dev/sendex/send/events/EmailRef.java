package dev.sendex.send.events;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The key of an email.
record EmailRef(UUID accountId, UUID emailId) {

    /// The first two parameters of a statement about several emails.
    static <T> Tuple keys(Collection<T> things, Function<T, EmailRef> email) {
        return Tuple.tuple()
                .addArrayOfUUID(array(things, one -> email.apply(one).accountId(), UUID[]::new))
                .addArrayOfUUID(array(things, one -> email.apply(one).emailId(), UUID[]::new));
    }

    /// One value of each, as a parameter.
    static <T, V extends @Nullable Object> V[] array(
            Collection<T> things, Function<T, V> value, IntFunction<V[]> array) {
        return things.stream().map(value).toArray(array);
    }
}
