package dev.sendex.webhook;

import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import dev.sendex.fixture.PostgresResource;
import dev.sendex.webhook.ingest.SnsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Starts what webhook-service needs: PostgreSQL, Kafka, an introspection authority and an SNS.
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "sendex_webhooks"),
            @ResourceArg(name = "schema", value = "webhook")
        })
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
@QuarkusTestResource(SnsResource.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RunningService {}
