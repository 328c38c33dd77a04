package dev.sendex.key.secondfactor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// New recovery codes, shown once. They invalidate all previous ones.
@RegisterForReflection
record IssuedRecoveryCodes(String object, List<String> codes) {

    static IssuedRecoveryCodes of(List<RecoveryCode> codes) {
        return new IssuedRecoveryCodes(
                "recovery_codes", codes.stream().map(RecoveryCode::formatted).toList());
    }

    @Override
    public String toString() {
        return "IssuedRecoveryCodes[hidden]";
    }
}
