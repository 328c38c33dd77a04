package dev.sendex.sandbox;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The newest emails, in memory and, if there is a directory, in a file each.
final class Mailbox {

    /// Keeps ten thousand large emails from filling the memory.
    private static final long MOST_CHARACTERS = Runtime.getRuntime().maxMemory() / 8;

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final int capacity;
    private final @Nullable Path directory;
    private final NavigableMap<Long, SandboxMessage> messages = new TreeMap<>();
    private long characters;

    Mailbox(int capacity, @Nullable Path directory) {
        this.capacity = capacity;
        this.directory = directory == null ? null : directory.resolve("messages");
        load();
    }

    synchronized void add(SandboxMessage message) {
        long number = messages.isEmpty() ? 1 : messages.lastKey() + 1;
        put(number, message);
        try {
            if (directory != null) {
                JSON.writeValue(file(directory, number).toFile(), message);
            }
            trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest ones first.
    synchronized List<SandboxMessage> newest(int limit) {
        return messages.descendingMap().values().stream().limit(limit).toList();
    }

    synchronized @Nullable SandboxMessage find(String id) {
        return messages.descendingMap().values().stream()
                .filter(message -> message.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    synchronized void clear() {
        try {
            for (long number : new ArrayList<>(messages.keySet())) {
                remove(number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void trim() throws IOException {
        while (messages.size() > capacity
                || (characters > MOST_CHARACTERS && messages.size() > 1)) {
            remove(messages.firstKey());
        }
    }

    private void put(long number, SandboxMessage message) {
        messages.put(number, message);
        characters += message.raw().length();
    }

    private void remove(long number) throws IOException {
        SandboxMessage removed = messages.remove(number);
        if (removed != null) {
            characters -= removed.raw().length();
        }
        if (directory != null) {
            Files.deleteIfExists(file(directory, number));
        }
    }

    private void load() {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                    load(file);
                }
            }
            trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mail in " + directory, e);
        }
    }

    /// A file cut short by a crash is an email less, not a sandbox that does not start.
    private void load(Path file) throws IOException {
        try {
            String number = String.valueOf(file.getFileName()).replace(".json", "");
            put(Long.parseLong(number), JSON.readValue(file.toFile(), SandboxMessage.class));
        } catch (JacksonException | NumberFormatException e) {
            Files.delete(file);
        }
    }

    private static Path file(Path directory, long number) {
        return directory.resolve("%012d.json".formatted(number));
    }
}
