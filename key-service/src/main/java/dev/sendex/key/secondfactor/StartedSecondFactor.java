package dev.sendex.key.secondfactor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;

/// What an authenticator app has to be told, shown once.
///
/// @param secret base32, to type
/// @param uri the same as an `otpauth` URI, to show as a QR code
@RegisterForReflection
record StartedSecondFactor(String object, String secret, URI uri) {

    static StartedSecondFactor of(TotpSecret secret, String email) {
        return new StartedSecondFactor("second_factor", secret.base32(), secret.uri(email));
    }

    @Override
    public String toString() {
        return "StartedSecondFactor[hidden]";
    }
}
