package dev.sendex.common.introspection.cache;

import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Whether key-service responds, according to the latest call. Logs changes, not every call.
@Singleton
class AuthorityHealth {

    private volatile @Nullable String failureReason;

    boolean isDown() {
        return failureReason != null;
    }

    void answered() {
        if (failureReason != null) {
            failureReason = null;
            Log.info("key-service is reachable again");
        }
    }

    void failed(AuthorityFailure failure) {
        String reason = String.valueOf(failure.getMessage());
        if (reason.equals(failureReason)) {
            return;
        }
        failureReason = reason;
        if (failure.isMisconfigured()) {
            Log.errorf("introspection is misconfigured reason=\"%s\"", reason);
        } else {
            Log.warnf("key-service is unreachable reason=\"%s\"", reason);
        }
    }
}
