package dev.sendex.common.page;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// A page of a list, the response of every list endpoint.
///
/// @param object always `list`
/// @param hasMore whether there is more in the requested direction
@RegisterForReflection
public record ListOf<T>(String object, @JsonProperty("has_more") boolean hasMore, List<T> data) {

    public ListOf {
        data = List.copyOf(data);
    }
}
