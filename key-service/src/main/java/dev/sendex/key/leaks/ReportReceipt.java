package dev.sendex.key.leaks;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The answer to every report, whether the token was one or not.
@RegisterForReflection
record ReportReceipt(String object, boolean received) {

    ReportReceipt() {
        this("leak_report", true);
    }
}
