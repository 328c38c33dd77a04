package dev.sendex.key.leaks;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to every report, whether the token was one or not.
@RegisterForReflection
record TakenReport(String object, boolean received) {

    TakenReport() {
        this("leak_report", true);
    }
}
