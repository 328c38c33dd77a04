package dev.sendex.common.introspection.cache;

import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Whether key-service responds, according to the latest call. Logs changes, not every call.
@Singleton
class AuthorityHealth {

    private volatile @Nullable String trouble;

    boolean isDown() {
        return trouble != null;
    }

    void answered() {
        if (trouble != null) {
            trouble = null;
            Log.info("key-service is reachable again");
        }
    }

    void failed(AuthorityFailure failure) {
        String reason = String.valueOf(failure.getMessage());
        if (reason.equals(trouble)) {
            return;
        }
        trouble = reason;
        if (failure.isMisconfigured()) {
            Log.errorf("introspection is misconfigured reason=\"%s\"", reason);
        } else {
            Log.warnf("key-service is unreachable reason=\"%s\"", reason);
        }
    }
}
