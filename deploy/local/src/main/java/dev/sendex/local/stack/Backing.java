package dev.sendex.local.stack;

import dev.sendex.local.backing.LocalKafka;
import dev.sendex.local.backing.LocalPostgres;
import dev.sendex.local.backing.LocalPostgres.Durability;
import dev.sendex.local.gateway.Service;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The servers that the services need, with migrated databases.
record Backing(LocalPostgres postgres, LocalKafka kafka, Sandbox sandbox) {

    /// Starts all servers and migrates the databases.
    ///
    /// @param ingest where the sandbox posts its notifications; null if it publishes its events to
    ///   Kafka
    /// @param nativePrograms whether the migration program is a native executable
    static Backing start(
            StackDirectory directory,
            Secrets secrets,
            @Nullable URI ingest,
            boolean nativePrograms,
            Parts parts,
            Progress progress)
            throws IOException {
        try (InParallel work = new InParallel()) {
            Future<LocalPostgres> postgres =
                    work.submit(() -> startPostgres(directory, nativePrograms, parts, progress));
            Future<LocalKafka> kafka = work.submit(() -> startKafka(directory, parts, progress));
            Future<Sandbox> sandbox =
                    work.submit(() ->
                            startSandbox(
                                    () ->
                                            ingest == null
                                                    ? Sandbox.startWithKafka(
                                                            directory, secrets, bootstrap(kafka))
                                                    : Sandbox.start(directory, secrets, ingest),
                                    parts,
                                    progress));
            work.await();
            return new Backing(postgres.resultNow(), kafka.resultNow(), sandbox.resultNow());
        }
    }

    private static LocalPostgres startPostgres(
            StackDirectory directory, boolean nativePrograms, Parts parts, Progress progress)
            throws IOException {
        LocalPostgres postgres =
                parts.start(() ->
                        LocalPostgres.start(
                                directory.data("postgres"),
                                directory.log("postgres"),
                                Durability.DURABLE));
        for (Service service : Service.values()) {
            postgres.createDatabaseIfMissing(ServiceSettings.database(service));
        }
        progress.done("PostgreSQL at 127.0.0.1:" + postgres.port());
        try (Migration migration =
                parts.start(() -> Migration.start(directory, postgres, nativePrograms))) {
            migration.await();
        }
        progress.done("database schemas");
        return postgres;
    }

    private static Sandbox startSandbox(Parts.Start<Sandbox> start, Parts parts, Progress progress)
            throws IOException {
        Sandbox sandbox = parts.start(start);
        progress.done("SES sandbox at " + sandbox.ses().url());
        return sandbox;
    }

    private static LocalKafka startKafka(StackDirectory directory, Parts parts, Progress progress)
            throws IOException {
        LocalKafka kafka =
                parts.start(
                        () -> LocalKafka.start(directory.data("kafka"), directory.log("kafka")));
        progress.done("Kafka at " + kafka.bootstrapServers());
        return kafka;
    }

    private static String bootstrap(Future<LocalKafka> kafka) throws IOException {
        try {
            return kafka.get().bootstrapServers();
        } catch (ExecutionException e) {
            throw new IOException("the SES sandbox needs Kafka", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
