package dev.sendex.common.page;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer where a thing was removed.
///
/// @param object what it was, for example `webhook`
/// @param deleted always true
@RegisterForReflection
public record Deleted(String object, UUID id, boolean deleted) {

    public Deleted(String object, UUID id) {
        this(object, id, true);
    }
}
