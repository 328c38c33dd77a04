package dev.sendex.common.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import java.util.regex.Pattern;

/// The object that was changed.
///
/// @param type for example `api_key`, as in the action's name
@RegisterForReflection
public record Target(@JsonProperty("type") String type, @JsonProperty("id") UUID id) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z_]{0,30}");

    boolean isValid() {
        return TYPE.matcher(type).matches();
    }
}
