package dev.sendex.key.leaks;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// The response to every report, whether or not the token was valid.
@RegisterForReflection
record ReportReceipt(String object, boolean received) {

    ReportReceipt() {
        this("leak_report", true);
    }
}
