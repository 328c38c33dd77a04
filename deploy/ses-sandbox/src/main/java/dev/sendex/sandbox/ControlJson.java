package dev.sendex.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendex.sandbox.SandboxControl.Verification;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// The switches of [SandboxControl] as JSON; absent members stay unchanged.
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
                .put("discard_events", control.discardsEvents())
                .put("verification", control.verification().name().toLowerCase(Locale.ROOT))
                .put("max_24_hour_send", control.max24HourSend())
                .put("max_send_rate", control.maxSendRate())
                .put("signature_version", control.signatureVersion())
                .toPrettyString();
    }

    /// @throws IllegalArgumentException with a sentence for the author of the JSON
    static void apply(String json, SandboxControl control) {
        try {
            JsonNode switches = JSON.readTree(json);
            if (!switches.isObject()) {
                throw new IllegalArgumentException("the body must be a JSON object of switches");
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
            case "delay_millis" -> control.delay(Duration.ofMillis(integer(name, value)));
            case "drop_answers" -> control.dropAnswers(integer(name, value));
            case "fail" -> fail(value, control);
            case "duplicate_events" -> control.duplicateEvents(flag(name, value));
            case "reorder_events" -> control.reorderEvents(flag(name, value));
            case "hold_events" -> control.holdEvents(flag(name, value));
            case "discard_events" -> control.discardEvents(flag(name, value));
            case "verification" -> control.verification(verification(value));
            case "max_24_hour_send" -> control.limits(integer(name, value), control.maxSendRate());
            case "max_send_rate" -> control.limits(control.max24HourSend(), number(name, value));
            case "signature_version" -> control.signatureVersion(integer(name, value));
            default -> throw new IllegalArgumentException("unknown switch " + name);
        }
    }

    private static void fail(JsonNode failure, SandboxControl control) {
        control.fail(
                integer("fail.times", failure.path("times")),
                integer("fail.status", failure.path("status")),
                failure.path("code").asText("InternalFailure"),
                failure.path("message").asText("Injected failure."));
    }

    private static Verification verification(JsonNode value) {
        for (Verification verification : Verification.values()) {
            if (verification.name().toLowerCase(Locale.ROOT).equals(value.asText())) {
                return verification;
            }
        }
        throw new IllegalArgumentException("verification is one of success, pending, failed");
    }

    private static int integer(String name, JsonNode value) {
        if (!value.canConvertToInt() || value.asInt() < 0) {
            throw new IllegalArgumentException(name + " must be a whole number, not below 0");
        }
        return value.asInt();
    }

    private static double number(String name, JsonNode value) {
        if (!value.isNumber() || value.asDouble() <= 0) {
            throw new IllegalArgumentException(name + " must be a number above 0");
        }
        return value.asDouble();
    }

    private static boolean flag(String name, JsonNode value) {
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + " must be true or false");
        }
        return value.asBoolean();
    }
}
