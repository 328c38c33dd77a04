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
final class EnvelopeReader {

    private static final int MAX_ENVELOPES = 8;
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

    private EnvelopeReader() {}

    static List<SesEvent> events(byte[] value) throws MalformedEvent {
        EnvelopeReader reader = new EnvelopeReader();
        try (JsonParser parser = JSON.createParser(value)) {
            reader.documents(parser, "", 0);
        } catch (IOException e) {
            throw notJson("value", e);
        }
        return reader.events;
    }

    /// JSON inside a string, such as an SNS envelope's `Message`.
    private void string(LocatedNode node, int depth) throws MalformedEvent {
        if (isTestMessage(node.json().textValue())) {
            return;
        }
        try (JsonParser parser = JSON.createParser(node.json().textValue())) {
            documents(parser, node.path(), depth);
        } catch (IOException e) {
            throw notJson(node.displayPath(), e);
        }
    }

    /// One document, or several as Firehose writes them, with or without line breaks between.
    private void documents(JsonParser parser, String path, int depth)
            throws IOException, MalformedEvent {
        List<JsonNode> documents = new ArrayList<>();
        while (parser.nextToken() != null) {
            documents.add(JSON.readTree(parser));
        }
        if (documents.isEmpty()) {
            throw new MalformedEvent(LocatedNode.displayPath(path), "must not be empty");
        }
        if (documents.size() == 1) {
            unwrap(new LocatedNode(documents.getFirst(), path), depth);
            return;
        }
        String prefix = path.isEmpty() ? "document " : path + " document ";
        for (int i = 0; i < documents.size(); i++) {
            unwrap(new LocatedNode(documents.get(i), prefix + (i + 1)), depth);
        }
    }

    private void unwrap(LocatedNode node, int depth) throws MalformedEvent {
        if (depth > MAX_ENVELOPES) {
            throw new MalformedEvent(
                    node.displayPath(), "wrapped more than " + MAX_ENVELOPES + " times");
        }
        if (node.json().isTextual()) {
            string(node, depth + 1);
        } else if (!node.json().isObject()) {
            throw node.typeError("an object");
        } else if (EventReader.isEvent(node)) {
            event(node);
        } else if (node.has("Type") && node.has("TopicArn")) {
            notification(node, depth);
        } else if (node.has("detail-type")) {
            unwrap(node.object("detail"), depth + 1);
        } else if (node.has("Records")) {
            lambdaRecords(node, depth);
        } else if (node.has("payload")) {
            unwrap(node.member("payload"), depth + 1);
        } else {
            throw new MalformedEvent(
                    node.displayPath(), "neither an SES event (no eventType) nor a known envelope");
        }
    }

    private void event(LocatedNode node) throws MalformedEvent {
        if (!"AmazonSnsSubscriptionSucceeded"
                .equals(node.json().path("notificationType").textValue())) {
            events.add(EventReader.read(node));
        }
    }

    private void notification(LocatedNode envelope, int depth) throws MalformedEvent {
        if (!envelope.text("Type").equals("Notification")) {
            throw new MalformedEvent(envelope.member("Type").path(), "must be Notification");
        }
        envelope.text("Message");
        string(envelope.member("Message"), depth + 1);
    }

    private void lambdaRecords(LocatedNode batch, int depth) throws MalformedEvent {
        List<LocatedNode> records = batch.elements("Records");
        if (records.isEmpty()) {
            throw new MalformedEvent(batch.member("Records").path(), "must not be empty");
        }
        for (LocatedNode record : records) {
            if (record.has("Sns")) {
                unwrap(record.object("Sns"), depth + 1);
            } else {
                unwrap(record.member("body"), depth + 1);
            }
        }
    }

    /// SES sends this sentence to test a new topic.
    private static boolean isTestMessage(String message) {
        return message.startsWith("Successfully validated SNS topic for Amazon SES");
    }

    /// Reports only the position: the parser's own message quotes the record.
    private static MalformedEvent notJson(String path, IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new MalformedEvent(path, "nested too deeply or too large");
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            JsonLocation at = json.getLocation();
            return new MalformedEvent(
                    path,
                    "not JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        }
        return new MalformedEvent(path, "not JSON");
    }
}
