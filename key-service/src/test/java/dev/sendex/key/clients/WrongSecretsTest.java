package dev.sendex.key.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WrongSecretsTest {

    private static final int PER_MINUTE = 3;
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong now = new AtomicLong();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void responses_are_delayed_only_above_the_limit() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess < PER_MINUTE; guess++) {
            assertThat(refuse(secrets, "billing", CLIENT)).isCompletedExceptionally();
        }

        assertThat(refuse(secrets, "billing", CLIENT)).isNotDone();
    }

    @Test
    void a_delayed_response_is_the_same() {
        WrongSecrets secrets = secrets(Duration.ofMillis(1));
        for (int guess = 0; guess < PER_MINUTE; guess++) {
            refuse(secrets, "billing", CLIENT);
        }

        assertThatThrownBy(() -> refuse(secrets, "billing", CLIENT).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(OAuthRefusal.class);
    }

    @Test
    void each_client_id_and_network_is_counted_separately() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess <= PER_MINUTE; guess++) {
            refuse(secrets, "billing", InetAddress.ofLiteral("2001:db8::" + guess));
        }

        assertThat(refuse(secrets, "billing", InetAddress.ofLiteral("2001:db8::ffff"))).isNotDone();
        assertThat(refuse(secrets, "billing", InetAddress.ofLiteral("2001:db8:0:1::1"))).isDone();
        assertThat(refuse(secrets, "shop", InetAddress.ofLiteral("2001:db8::1"))).isDone();
    }

    @Test
    void the_count_is_reset_after_a_minute() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess <= PER_MINUTE; guess++) {
            refuse(secrets, null, null);
        }
        assertThat(refuse(secrets, null, null)).isNotDone();

        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(refuse(secrets, null, null)).isDone();
    }

    @Test
    void at_most_a_thousand_responses_are_delayed_at_a_time() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess < PER_MINUTE + 1_000; guess++) {
            refuse(secrets, "billing", CLIENT);
        }

        assertThat(refuse(secrets, "billing", CLIENT)).isDone();
    }

    private static CompletableFuture<Void> refuse(
            WrongSecrets secrets, String clientId, InetAddress client) {
        Uni<Void> response = secrets.refuse(OAuthRefusal.unknownClient(), clientId, client);
        return response.subscribeAsCompletionStage();
    }

    private WrongSecrets secrets(Duration delay) {
        return new WrongSecrets(PER_MINUTE, delay, vertx, now::get);
    }
}
