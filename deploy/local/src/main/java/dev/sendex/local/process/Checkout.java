package dev.sendex.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The working copy of Sendex that this program runs from; what the build made is found there.
public final class Checkout {

    private Checkout() {}

    /// Walks up from the working directory.
    ///
    /// @throws IllegalStateException where neither the working directory nor one above it is a
    ///   checkout
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("deploy/local/kafka"))) {
                return at;
            }
        }
        throw new IllegalStateException(start + " is not inside a Sendex checkout");
    }

    /// What the build left of a module that is a program of its own.
    public static String classPath(String module) {
        Path built = root().resolve(module).resolve("target");
        if (!Files.isDirectory(built.resolve("lib"))) {
            throw new IllegalStateException(
                    "%s is not built: run mvn -pl %s process-classes".formatted(module, module));
        }
        return built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*";
    }
}
