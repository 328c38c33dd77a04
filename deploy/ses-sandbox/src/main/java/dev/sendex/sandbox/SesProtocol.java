package dev.sendex.sandbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The AWS Query protocol: requests are forms, responses are XML, and errors are SES's error
/// documents.
final class SesProtocol {

    private final SesActions actions;
    private final SandboxControl control;

    SesProtocol(SesActions actions, SandboxControl control) {
        this.actions = actions;
        this.control = control;
    }

    /// @param authorization the header of that name; signatures are not checked, but unsigned calls
    ///   are rejected
    Reply answer(@Nullable String authorization, String form) throws InterruptedException {
        String requestId = UUID.randomUUID().toString();
        try {
            requireSigned(authorization);
            QueryRequest request = QueryRequest.parse(form);
            return SesActions.isSend(request.action())
                    ? send(request, requestId)
                    : perform(request, requestId);
        } catch (SesFailure failure) {
            return Reply.xml(failure.status(), Xml.error(failure, requestId));
        }
    }

    private Reply send(QueryRequest request, String requestId) throws InterruptedException {
        try {
            Reply accepted = perform(request, requestId);
            Thread.sleep(control.delay());
            return control.takeDrop() ? new Reply.Cut() : accepted;
        } finally {
            control.holdAnswerIfDue();
        }
    }

    private Reply perform(QueryRequest request, String requestId) {
        return Reply.xml(200, Xml.answer(request.action(), actions.perform(request), requestId));
    }

    private static void requireSigned(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("AWS4-")) {
            throw new SesFailure(403, "MissingAuthenticationToken", "Missing Authentication Token");
        }
    }
}
