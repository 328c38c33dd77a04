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
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong now = new AtomicLong();

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void so_many_are_answered_at_once_and_further_ones_late() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess < PER_MINUTE; guess++) {
            assertThat(refused(secrets, "billing", HERE)).isCompletedExceptionally();
        }

        assertThat(refused(secrets, "billing", HERE)).isNotDone();
    }

    @Test
    void a_late_answer_is_the_same_answer() {
        WrongSecrets secrets = secrets(Duration.ofMillis(1));
        for (int guess = 0; guess < PER_MINUTE; guess++) {
            refused(secrets, "billing", HERE);
        }

        assertThatThrownBy(() -> refused(secrets, "billing", HERE).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(OAuthRefusal.class);
    }

    @Test
    void each_client_id_and_each_network_is_counted_by_itself() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess <= PER_MINUTE; guess++) {
            refused(secrets, "billing", InetAddress.ofLiteral("2001:db8::" + guess));
        }

        assertThat(refused(secrets, "billing", InetAddress.ofLiteral("2001:db8::ffff")))
                .isNotDone();
        assertThat(refused(secrets, "billing", InetAddress.ofLiteral("2001:db8:0:1::1"))).isDone();
        assertThat(refused(secrets, "shop", InetAddress.ofLiteral("2001:db8::1"))).isDone();
    }

    @Test
    void after_a_minute_it_starts_anew() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess <= PER_MINUTE; guess++) {
            refused(secrets, null, null);
        }
        assertThat(refused(secrets, null, null)).isNotDone();

        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(refused(secrets, null, null)).isDone();
    }

    @Test
    void no_more_than_a_thousand_answers_are_held_back() {
        WrongSecrets secrets = secrets(Duration.ofHours(1));
        for (int guess = 0; guess < PER_MINUTE + 1_000; guess++) {
            refused(secrets, "billing", HERE);
        }

        assertThat(refused(secrets, "billing", HERE)).isDone();
    }

    private static CompletableFuture<Void> refused(
            WrongSecrets secrets, String clientId, InetAddress client) {
        Uni<Void> answer = secrets.refuse(OAuthRefusal.unknownClient(), clientId, client);
        return answer.subscribeAsCompletionStage();
    }

    private WrongSecrets secrets(Duration delay) {
        return new WrongSecrets(PER_MINUTE, delay, vertx, now::get);
    }
}
