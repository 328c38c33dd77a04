package dev.sendex.common.introspection.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.local.backing.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uses a broker of its own, which a test suspends.
class KeyChangeFollowerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static LocalKafka kafka;
    private static KafkaProducer<byte[], byte[]> producer;

    private final IntrospectionFixture fixture = new IntrospectionFixture(Map.of());
    private final KeyChangeFollower follower =
            new KeyChangeFollower(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new KeyChangeEviction(
                            fixture.evictions, fixture.push, fixture.metrics, new ObjectMapper()),
                    fixture.evictions,
                    fixture.push,
                    fixture.time);

    @BeforeAll
    static void startKafka(@TempDir Path directory) throws IOException {
        kafka = LocalKafka.start(directory.resolve("data"), directory.resolve("kafka.log"));
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @AfterAll
    static void stopKafka() {
        producer.close(Duration.ZERO);
        kafka.close();
    }

    @BeforeEach
    void follow() {
        follower.start();
        await().atMost(TIMEOUT).until(fixture.push::isHealthy);
    }

    @AfterEach
    void close() throws InterruptedException {
        follower.stop();
        fixture.close();
    }

    @Test
    void a_change_on_any_partition_evicts_the_key() {
        List<ApiKeyToken> tokens = new ArrayList<>();
        int partitions = producer.partitionsFor(Topics.KEYS).size();
        for (int partition = 0; partition < partitions; partition++) {
            ApiKeyToken token = fixture.aKey();
            assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
            fixture.authority.revoke(token.value());
            publish(partition, token.keyId().toString(), change(token, 2));
            tokens.add(token);
        }

        assertThat(partitions).isGreaterThan(1);
        for (ApiKeyToken token : tokens) {
            await().atMost(TIMEOUT).until(() -> fixture.introspect(token) instanceof Inactive);
        }
        assertThat(fixture.count("push.evictions")).isEqualTo(partitions);
        assertThat(fixture.push.lastRecordAge()).isEqualTo(Duration.ZERO);
    }

    @Test
    void a_tombstone_evicts_its_key() {
        ApiKeyToken token = aCachedKeyThatIsRevoked();

        publish(0, token.keyId().toString(), null);

        await().atMost(TIMEOUT).until(() -> fixture.introspect(token) instanceof Inactive);
    }

    @Test
    void a_malformed_record_evicts_more_rather_than_less() {
        ApiKeyToken named = aCachedKeyThatIsRevoked();
        publish(0, named.keyId().toString(), "{\"state\":\"revoked\"}");
        await().atMost(TIMEOUT).until(() -> fixture.introspect(named) instanceof Inactive);

        ApiKeyToken other = aCachedKeyThatIsRevoked();
        publish(0, "no id", "no JSON");
        await().atMost(TIMEOUT).until(() -> fixture.introspect(other) instanceof Inactive);
    }

    @Test
    void changes_during_a_broker_outage_are_read_afterwards() throws Exception {
        ApiKeyToken token = aCachedKeyThatIsRevoked();
        signal("STOP");
        try {
            fixture.time.advance(Duration.ofSeconds(6));
            assertThat(fixture.push.isHealthy()).isFalse();
            assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
            producer.send(message(0, token.keyId().toString(), change(token, 2)));
        } finally {
            signal("CONT");
        }

        await().atMost(TIMEOUT).until(() -> fixture.introspect(token) instanceof Inactive);
        await().atMost(TIMEOUT).until(fixture.push::isHealthy);
    }

    private ApiKeyToken aCachedKeyThatIsRevoked() {
        ApiKeyToken token = fixture.aKey();
        assertThat(fixture.introspect(token)).isInstanceOf(Active.class);
        fixture.authority.revoke(token.value());
        return token;
    }

    private static String change(ApiKeyToken token, long version) {
        return "{\"key_id\":\"%s\",\"version\":%d,\"state\":\"revoked\"}"
                .formatted(token.keyId(), version);
    }

    private static void publish(int partition, String key, @Nullable String value) {
        producer.send(message(partition, key, value));
        producer.flush();
    }

    private static ProducerRecord<byte[], byte[]> message(
            int partition, String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        return new ProducerRecord<>(Topics.KEYS, partition, key.getBytes(UTF_8), bytes);
    }

    private static void signal(String name) throws Exception {
        String pid = Long.toString(kafka.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }
}
