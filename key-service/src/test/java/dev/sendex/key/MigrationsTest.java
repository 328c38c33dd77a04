package dev.sendex.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// A migration that waits for a lock has everybody else wait behind it, so it waits for a moment
/// only.
@QuarkusTest
@RunningService
class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final String LAST_WITHOUT = "V051";

    @Inject Flyway flyway;

    @Test
    void every_migration_waits_for_a_lock_for_seconds() throws IOException {
        assertThat(flyway.getConfiguration().getInitSql()).isEqualTo("set lock_timeout = '5s'");
        assertThat(newMigrations())
                .isNotEmpty()
                .allSatisfy(migration ->
                        assertThat(Files.readString(migration))
                                .startsWith("set local lock_timeout = '5s';"));
    }

    private static List<Path> newMigrations() throws IOException {
        try (Stream<Path> all = Files.list(MIGRATIONS)) {
            return all.filter(migration ->
                            migration.getFileName().toString().compareTo(LAST_WITHOUT + "~") > 0)
                    .toList();
        }
    }
}
