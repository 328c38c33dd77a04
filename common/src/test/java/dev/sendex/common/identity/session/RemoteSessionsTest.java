package dev.sendex.common.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.permission.Permission;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteSessionsTest {

    private static final Duration FRESH_FOR = Duration.ofSeconds(10);
    private static final SessionCaller SIGNED =
            new SessionCaller(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    "owner",
                    Set.of(Permission.EMAILS_SEND, Permission.EMAILS_READ));

    private final String token = UUID.randomUUID().toString();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final IntrospectionResource resource = new IntrospectionResource();
    private final RemoteSessions sessions =
            new RemoteSessions(
                    vertx,
                    FetchedSessionKeysTest.config(resource.start()),
                    new ObjectMapper(),
                    nanos::get);
    private final IntrospectionAuthority authority = FetchedSessionKeysTest.authority(resource);

    @AfterEach
    void close() {
        sessions.close();
        vertx.closeAndAwait();
        resource.stop();
    }

    @Test
    void a_session_has_the_current_permissions_of_its_member() {
        authority.sessionIs(token, 200, "emails:read");

        SessionCaller current = Objects.requireNonNull(current());

        assertThat(current.permissions()).containsExactly(Permission.EMAILS_READ);
        assertThat(current.role()).isEqualTo("viewer");
        assertThat(current.userId()).isEqualTo(SIGNED.userId());
        assertThat(current.accountId()).isEqualTo(SIGNED.accountId());
        assertThat(current.sessionId()).isEqualTo(SIGNED.sessionId());
    }

    @Test
    void an_ended_session_is_refused() {
        authority.sessionIs(token, 401);

        assertThat(current()).isNull();
    }

    @Test
    void the_end_of_a_session_takes_effect_after_ten_seconds() {
        authority.sessionIs(token, 200, "emails:read");
        current();
        authority.sessionIs(token, 401);
        assertThat(current()).isNotNull();

        nanos.addAndGet(FRESH_FOR.toNanos());

        assertThat(current()).isNull();
    }

    @Test
    void the_signed_permissions_are_used_if_the_lookup_fails() {
        authority.sessionIs(token, 500);
        assertThat(current()).isEqualTo(SIGNED);

        nanos.addAndGet(FRESH_FOR.toNanos());
        authority.stop();
        assertThat(current()).isEqualTo(SIGNED);
    }

    @Test
    void the_result_of_a_failed_lookup_is_cached_as_long_as_any_other() {
        authority.sessionIs(token, 500);
        current();
        authority.sessionIs(token, 401);

        nanos.addAndGet(FRESH_FOR.toNanos());

        assertThat(current()).isNull();
    }

    private @Nullable SessionCaller current() {
        return sessions.of(SIGNED, token).await().atMost(Duration.ofSeconds(20));
    }
}
