package dev.sendex.bench;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/// Ends a benchmark that hangs.
final class TimeLimit {

    private TimeLimit() {}

    /// Exits after this time, so that child processes end too.
    static void start(Duration limit) {
        new Timer("limit", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                System.err.println("not done in " + limit.toMinutes() + " minutes");
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        limit.toMillis());
    }
}
