package dev.sendex.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The processor time that processes and their children have taken, from Linux's `/proc`.
final class ProcessorTimes {

    /// Of `/proc/PID/stat` after the command: user and system time, and those of the children that
    /// have ended, in ticks.
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /// `sysconf(_SC_CLK_TCK)`, the same on every Linux.
    private static final long TICKS_PER_SECOND = 100;

    private final Map<String, List<ProcessHandle>> processes = new LinkedHashMap<>();

    void add(String name, ProcessHandle process) {
        processes.computeIfAbsent(name, _ -> new ArrayList<>()).add(process);
    }

    /// The total so far, by name.
    Map<String, Duration> read() throws IOException {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (Map.Entry<String, List<ProcessHandle>> named : processes.entrySet()) {
            long ticks = 0;
            for (ProcessHandle process : named.getValue()) {
                ticks += ticksOfTree(process);
            }
            times.put(named.getKey(), Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND));
        }
        return times;
    }

    private static long ticksOfTree(ProcessHandle root) throws IOException {
        long ticks = ticks(root);
        for (ProcessHandle child : root.descendants().toList()) {
            ticks += ticks(child);
        }
        return ticks;
    }

    /// 0 for a process that has just ended, whose time its parent has.
    private static long ticks(ProcessHandle process) throws IOException {
        Path file = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (!Files.exists(file)) {
            return 0;
        }
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }
}
