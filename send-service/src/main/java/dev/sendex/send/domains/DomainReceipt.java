package dev.sendex.send.domains;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer where there is nothing more to show than which domain it was.
///
/// @param object always `domain`
/// @param deleted true if it is gone, else left out
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record DomainReceipt(String object, UUID id, @Nullable Boolean deleted) {

    static DomainReceipt of(UUID id) {
        return new DomainReceipt("domain", id, null);
    }

    static DomainReceipt ofDeletion(UUID id) {
        return new DomainReceipt("domain", id, true);
    }
}
