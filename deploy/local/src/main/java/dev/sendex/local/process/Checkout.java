package dev.sendex.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The working copy of Sendex that this program runs from, with its build output.
public final class Checkout {

    private Checkout() {}

    /// Searches the working directory and its parents.
    ///
    /// @throws IllegalStateException if none of them is a checkout
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (@Nullable Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("deploy/local/kafka"))) {
                return at;
            }
        }
        throw new IllegalStateException(start + " is not inside a Sendex checkout");
    }

    /// The class path of a module that runs as a separate program.
    public static String classPath(String module) {
        Path built = root().resolve(module).resolve("target");
        if (!Files.isDirectory(built.resolve("lib"))) {
            throw new IllegalStateException(
                    "%s is not built: run mvn -pl %s process-classes".formatted(module, module));
        }
        return built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*";
    }
}
