package dev.sendex.sandbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Speaks the Query protocol: a form in, XML out, every refusal as SES's error document.
final class SesProtocol {

    private final SesActions actions;
    private final SandboxControl control;

    SesProtocol(SesActions actions, SandboxControl control) {
        this.actions = actions;
        this.control = control;
    }

    /// @param authorization the header; signatures are not checked, but unsigned calls are refused
    Reply answer(@Nullable String authorization, String form) throws InterruptedException {
        String requestId = UUID.randomUUID().toString();
        try {
            requireSigned(authorization);
            QueryRequest request = QueryRequest.parse(form);
            String result = actions.perform(request);
            if (SesActions.isSend(request.action())) {
                Thread.sleep(control.delay());
                if (control.takeDrop()) {
                    return new Reply.Cut();
                }
            }
            return Reply.xml(200, Xml.answer(request.action(), result, requestId));
        } catch (SesFailure failure) {
            return Reply.xml(failure.status(), Xml.error(failure, requestId));
        }
    }

    private static void requireSigned(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("AWS4-")) {
            throw new SesFailure(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }
    }
}
