package dev.sendex.local.ses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendex.local.ses.SandboxControl.Verification;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// The switches of [SandboxControl] as JSON; a member that is left out stays as it is.
final class ControlJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ControlJson() {}

    static String of(SandboxControl control) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("delay_millis", control.delay().toMillis())
                .put("drop_answers", control.answersToDrop())
                .put("fail_times", control.sendsToFail())
                .put("duplicate_events", control.duplicatesEvents())
                .put("reorder_events", control.reordersEvents())
                .put("hold_events", control.holdsEvents())
                .put("verification", control.verification().name().toLowerCase(Locale.ROOT))
                .put("max_24_hour_send", control.max24HourSend())
                .put("max_send_rate", control.maxSendRate())
                .put("signature_version", control.signatureVersion())
                .toPrettyString();
    }

    /// @throws IllegalArgumentException with a sentence for whoever wrote the JSON
    static void apply(String json, SandboxControl control) {
        try {
            JsonNode switches = JSON.readTree(json);
            if (!switches.isObject()) {
                throw new IllegalArgumentException("send a JSON object of switches");
            }
            for (Map.Entry<String, JsonNode> member : switches.properties()) {
                apply(member.getKey(), member.getValue(), control);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        }
    }

    private static void apply(String name, JsonNode value, SandboxControl control) {
        switch (name) {
            case "reset" -> control.reset();
            case "delay_millis" -> control.delay(Duration.ofMillis(value.asLong()));
            case "drop_answers" -> control.dropAnswers(value.asInt());
            case "fail" ->
                    control.fail(
                            value.path("times").asInt(1),
                            value.path("status").asInt(500),
                            value.path("code").asText("InternalFailure"),
                            value.path("message").asText("Injected failure."));
            case "duplicate_events" -> control.duplicateEvents(value.asBoolean());
            case "reorder_events" -> control.reorderEvents(value.asBoolean());
            case "hold_events" -> control.holdEvents(value.asBoolean());
            case "verification" ->
                    control.verification(
                            Verification.valueOf(value.asText().toUpperCase(Locale.ROOT)));
            case "max_24_hour_send" -> control.limits(value.asDouble(), control.maxSendRate());
            case "max_send_rate" -> control.limits(control.max24HourSend(), value.asDouble());
            case "signature_version" -> control.signatureVersion(value.asInt());
            default -> throw new IllegalArgumentException("there is no switch " + name);
        }
    }
}
