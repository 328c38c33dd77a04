package dev.sendex.common.ses;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Extracts the SES events of a record from their envelopes. Envelopes may be nested up to a limit,
/// for example SNS in SQS in Lambda.
final class Unwrapping {

    private static final int MAX_WRAPPING_DEPTH = 8;
    private static final int MAX_JSON_DEPTH = 100;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(MAX_JSON_DEPTH)
                                            .build())
                            .build());

    private final List<SesEvent> events = new ArrayList<>();

    private Unwrapping() {}

    static List<SesEvent> events(byte[] value) throws NotAnEvent {
        Unwrapping unwrapping = new Unwrapping();
        try (JsonParser parser = JSON.createParser(value)) {
            unwrapping.documents(parser, "", 0);
        } catch (IOException e) {
            throw notJson("value", e);
        }
        return unwrapping.events;
    }

    /// JSON inside a string, such as an SNS envelope's `Message`.
    private void string(JsonPlace place, int depth) throws NotAnEvent {
        if (isHousekeeping(place.node().textValue())) {
            return;
        }
        try (JsonParser parser = JSON.createParser(place.node().textValue())) {
            documents(parser, place.path(), depth);
        } catch (IOException e) {
            throw notJson(place.name(), e);
        }
    }

    /// One document, or several as Firehose writes them, with or without line breaks between.
    private void documents(JsonParser parser, String path, int depth)
            throws IOException, NotAnEvent {
        List<JsonNode> documents = new ArrayList<>();
        while (parser.nextToken() != null) {
            documents.add(JSON.readTree(parser));
        }
        if (documents.isEmpty()) {
            throw new NotAnEvent(JsonPlace.name(path), "must not be empty");
        }
        if (documents.size() == 1) {
            unwrap(new JsonPlace(documents.getFirst(), path), depth);
            return;
        }
        String prefix = path.isEmpty() ? "document " : path + " document ";
        for (int i = 0; i < documents.size(); i++) {
            unwrap(new JsonPlace(documents.get(i), prefix + (i + 1)), depth);
        }
    }

    private void unwrap(JsonPlace place, int depth) throws NotAnEvent {
        if (depth > MAX_WRAPPING_DEPTH) {
            throw new NotAnEvent(
                    place.name(), "wrapped more than " + MAX_WRAPPING_DEPTH + " times");
        }
        if (place.node().isTextual()) {
            string(place, depth + 1);
        } else if (!place.node().isObject()) {
            throw place.wrong("an object");
        } else if (EventReader.looksLikeEvent(place)) {
            event(place);
        } else if (place.has("Type") && place.has("TopicArn")) {
            notification(place, depth);
        } else if (place.has("detail-type")) {
            unwrap(place.object("detail"), depth + 1);
        } else if (place.has("Records")) {
            lambdaRecords(place, depth);
        } else if (place.has("payload")) {
            unwrap(place.member("payload"), depth + 1);
        } else {
            throw new NotAnEvent(
                    place.name(), "neither an SES event (no eventType) nor a known envelope");
        }
    }

    private void event(JsonPlace place) throws NotAnEvent {
        if (!"AmazonSnsSubscriptionSucceeded"
                .equals(place.node().path("notificationType").textValue())) {
            events.add(EventReader.read(place));
        }
    }

    private void notification(JsonPlace envelope, int depth) throws NotAnEvent {
        if (!envelope.text("Type").equals("Notification")) {
            throw new NotAnEvent(envelope.member("Type").path(), "must be Notification");
        }
        envelope.text("Message");
        string(envelope.member("Message"), depth + 1);
    }

    private void lambdaRecords(JsonPlace batch, int depth) throws NotAnEvent {
        List<JsonPlace> records = batch.elements("Records");
        if (records.isEmpty()) {
            throw new NotAnEvent(batch.member("Records").path(), "must not be empty");
        }
        for (JsonPlace record : records) {
            if (record.has("Sns")) {
                unwrap(record.object("Sns"), depth + 1);
            } else {
                unwrap(record.member("body"), depth + 1);
            }
        }
    }

    /// SES sends this sentence to test a new topic.
    private static boolean isHousekeeping(String message) {
        return message.startsWith("Successfully validated SNS topic for Amazon SES");
    }

    /// Reports only the position: the parser's own message quotes the record.
    private static NotAnEvent notJson(String place, IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new NotAnEvent(place, "nested too deeply or too large");
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            JsonLocation at = json.getLocation();
            return new NotAnEvent(
                    place,
                    "not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        }
        return new NotAnEvent(place, "not JSON");
    }
}
