package dev.sendex.common.page;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The response after an object was deleted.
///
/// @param object the type, for example `webhook`
/// @param deleted always true
@RegisterForReflection
public record Deleted(String object, UUID id, boolean deleted) {

    public Deleted(String object, UUID id) {
        this(object, id, true);
    }
}
