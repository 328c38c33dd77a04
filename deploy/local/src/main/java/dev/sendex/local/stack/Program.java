package dev.sendex.local.stack;

import dev.sendex.local.process.Checkout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A module of this checkout that is a program, built as a native executable or as a JAR.
record Program(String module, boolean isNative) {

    /// For a fast start and little memory.
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED");

    /// @param settings a settings file that only the owner may read, since it contains secrets
    List<String> command(Path settings) throws IOException {
        Path target = Checkout.root().resolve(module).resolve("target");
        String location = "-Dquarkus.config.locations=" + settings;
        if (isNative) {
            return List.of(executable(target).toString(), location);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(appendedFlags());
        command.addAll(List.of(location, "-jar", jar(target).toString()));
        return command;
    }

    /// The variable that Quarkus images also read.
    private static List<String> appendedFlags() {
        String flags = System.getenv("JAVA_OPTS_APPEND");
        return flags == null || flags.isBlank() ? List.of() : List.of(flags.strip().split(" +"));
    }

    private Path jar(Path target) throws StackFailure {
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackFailure(
                    "%s is not built. Build it with ./sendex up, without --no-build."
                            .formatted(module));
        }
        return jar;
    }

    private Path executable(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-runner")) {
                for (Path executable : found) {
                    return executable;
                }
            }
        }
        throw new StackFailure(
                "The native executable of %s is missing. Build it with ./sendex native."
                        .formatted(module));
    }
}
