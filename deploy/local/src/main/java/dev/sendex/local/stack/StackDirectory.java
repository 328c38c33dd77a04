package dev.sendex.local.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The directory of a stack, and the paths in it.
record StackDirectory(Path path) {

    StackDirectory {
        path = path.toAbsolutePath().normalize();
    }

    Path data(String part) {
        return path.resolve("data").resolve(part);
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path logs() {
        return path.resolve("logs");
    }

    /// The time and reason of the last stack's end, unless it was stopped by a user.
    Path lastEnd() {
        return path.resolve("last-end.txt");
    }

    Path config(String instance) {
        return path.resolve("config").resolve(instance + ".properties");
    }

    Path secret(String name) {
        return path.resolve("secrets").resolve(name);
    }

    /// The certificate of the SES sandbox's SNS, which webhook-service trusts.
    Path snsAuthority() {
        return path.resolve("sns-ca.pem");
    }

    Path description() {
        return path.resolve("stack.json");
    }

    /// Locks the directory, since only one stack may use it at a time. The lock is released when
    /// this process ends.
    FileLock lock() throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new StackFailure(
                    "A stack is already running in %s. Stop it with ./sendex down, or choose another directory with --data."
                            .formatted(path));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
        return lock;
    }

    /// The process that runs the stack, if there is one.
    @Nullable ProcessHandle findOwner() throws IOException {
        if (!Files.exists(lockFile())) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            return lock == null ? owner() : null;
        }
    }

    /// Writes a file that only the owner may read.
    static void writePrivately(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private @Nullable ProcessHandle owner() throws IOException {
        String pid = Files.readString(lockFile()).strip();
        return pid.isEmpty() ? null : ProcessHandle.of(Long.parseLong(pid)).orElse(null);
    }

    private Path lockFile() {
        return path.resolve("lock");
    }
}
