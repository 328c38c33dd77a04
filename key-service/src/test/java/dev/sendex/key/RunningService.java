package dev.sendex.key;

import dev.sendex.fixture.KafkaResource;
import dev.sendex.fixture.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Starts what key-service needs: a database, a broker and its secrets.
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "sendex_keys"),
            @ResourceArg(name = "schema", value = "key")
        })
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(RegisteredServices.class)
@QuarkusTestResource(SecretsResource.class)
@QuarkusTestResource(GitHubKey.class)
@QuarkusTestResource(MailReceiver.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RunningService {}
