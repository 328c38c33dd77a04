package dev.sendex.key.secondfactor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// New recovery codes, shown once. Those of before count no more.
@RegisterForReflection
record IssuedRecoveryCodes(String object, List<String> codes) {

    static IssuedRecoveryCodes of(List<RecoveryCode> codes) {
        return new IssuedRecoveryCodes(
                "recovery_codes", codes.stream().map(RecoveryCode::shown).toList());
    }

    @Override
    public String toString() {
        return "IssuedRecoveryCodes[hidden]";
    }
}
