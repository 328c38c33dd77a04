package dev.sendex.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that only their owner may read, whatever the umask, since they contain mail and keys.
final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = attribute("rwx------");

    private PrivateFiles() {}

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    /// Replaces an existing file.
    static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, FILE);
        Files.write(file, content);
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
