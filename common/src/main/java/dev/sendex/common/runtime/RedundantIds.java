package dev.sendex.common.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/// Ignores redundant ids: SDKs repeat an id from the path in the body, as `id` or `domain_id`. An
/// id that differs from the one in the path is refused like any unknown member.
final class RedundantIds extends DeserializationProblemHandler {

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser json,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        return (name.equals("id") || name.endsWith("_id"))
                && json.hasToken(JsonToken.VALUE_STRING)
                && context.getParser().getParsingContext().inRoot()
                && isInPath(json.getText());
    }

    private static boolean isInPath(String value) {
        @Nullable ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        return request != null
                && request.getUriInfo().getPathParameters().values().stream()
                        .anyMatch(values -> values.contains(value));
    }
}
