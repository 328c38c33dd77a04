package dev.sendex.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// Reads a topic from its beginning, and publishes records.
public final class Records implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    private Records(String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public static Records of(String topic) {
        return new Records(topic);
    }

    public static void publish(String topic, String key, String value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", brokers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public List<ConsumerRecord<String, byte[]>> recordsOf(String key) {
        consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        return seen.stream().filter(record -> key.equals(record.key())).toList();
    }

    public List<String> valuesOf(String key) {
        return recordsOf(key).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /// A delivery event of an email that Sendex did not send.
    public static String delivery(String sesMessageId) {
        return event(sesMessageId, "Delivery", "");
    }

    /// An event of this account's email.
    public static String eventOf(UUID accountId, UUID emailId, String type) {
        String tags =
                """
                "sendex_account_id": ["%s"], "sendex_email_id": ["%s"], "campaign": ["spring"]
                """
                        .formatted(accountId, emailId);
        return event("ses-" + emailId, type, tags);
    }

    private static String event(String sesMessageId, String type, String tags) {
        String now = Instant.now().toString();
        String detail =
                switch (type) {
                    case "Send" -> "\"send\": {}";
                    case "Delivery" ->
                            """
                            "delivery": {"timestamp": "%s", "processingTimeMillis": 12,
                                "recipients": ["someone@there.example"],
                                "smtpResponse": "250 ok", "reportingMTA": "mta.example"}
                            """
                                    .formatted(now);
                    case "Bounce" ->
                            """
                            "bounce": {"bounceType": "Permanent", "bounceSubType": "General",
                                "bouncedRecipients": [{"emailAddress": "someone@there.example",
                                    "diagnosticCode": "smtp; 550 5.1.1 user unknown"}],
                                "timestamp": "%s", "feedbackId": "%s"}
                            """
                                    .formatted(now, UUID.randomUUID());
                    default -> throw new IllegalArgumentException(type);
                };
        return """
        {"eventType": "%s",
            "mail": {"timestamp": "%s", "source": "hello@here.example", "messageId": "%s",
                "sourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/here.example",
                "destination": ["someone@there.example"], "headersTruncated": false,
                "headers": [{"name": "From", "value": "Shop <hello@here.example>"},
                    {"name": "X-SES-CONFIGURATION-SET", "value": "sendex"},
                    {"name": "X-Order", "value": "17"}],
                "commonHeaders": {"from": ["Shop <hello@here.example>"],
                    "to": ["someone@there.example"], "subject": "Your order"},
                "tags": {%s}},
            %s}
        """
                .formatted(type, now, sesMessageId, tags, detail);
    }

    private static String brokers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
