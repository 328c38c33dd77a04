package dev.sendex.send.dispatch;

import static dev.sendex.common.ses.SesMail.ACCOUNT_ID_TAG;
import static dev.sendex.common.ses.SesMail.EMAIL_ID_TAG;

import dev.sendex.common.token.Environment;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.MimeComposer;
import dev.sendex.send.ses.SendOutcome;
import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SesSender;
import dev.sendex.send.ses.SesSender.RawEmail;
import dev.sendex.send.simulation.Simulation;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/// Takes an email to where it goes: live ones to SES, those of test keys nowhere but to the
/// simulation.
@ApplicationScoped
class Transport {

    /// Beyond this size, composing takes long enough to hold up what else runs on the event loop.
    private static final int LARGE = 128 * 1024;

    private static final class Uncomposable extends RuntimeException {
        Uncomposable(RuntimeException cause) {
            super(cause.getClass().getName(), cause); // its message may quote the email
        }
    }

    private final SesSender ses;
    private final Simulation simulation;

    Transport(SesSender ses, Simulation simulation) {
        this.ses = ses;
        this.simulation = simulation;
    }

    Uni<SendOutcome> send(Email email, int sizeBytes) {
        if (!email.environment().equals(Environment.LIVE.value())) {
            return simulation.send(email);
        }
        return compose(email, sizeBytes)
                .chain(message -> ses.send(raw(email, message)))
                .onFailure(Uncomposable.class)
                .recoverWithItem(failure -> uncomposable(email, failure));
    }

    /// It would fail the same way each time, and was certainly not sent.
    private static SendOutcome uncomposable(Email email, Throwable failure) {
        Log.errorf(
                "email cannot be composed emailId=%s cause=%s", email.id(), failure.getMessage());
        return new Rejected("the email cannot be composed");
    }

    private static Uni<Buffer> compose(Email email, int sizeBytes) {
        Uni<Buffer> composed = Uni.createFrom().item(() -> composed(email));
        Context caller = Vertx.currentContext();
        return sizeBytes < LARGE || caller == null
                ? composed
                : composed.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .emitOn(MutinyHelper.executor(caller));
    }

    private static Buffer composed(Email email) {
        try {
            return MimeComposer.compose(email);
        } catch (RuntimeException failure) {
            throw new Uncomposable(failure);
        }
    }

    private static RawEmail raw(Email email, Buffer message) {
        return new RawEmail(email.from().address(), email.destinations(), message, tags(email));
    }

    /// The account's own tags come back with the events, for its webhooks; ours say whose email it
    /// is.
    private static Map<String, String> tags(Email email) {
        Map<String, String> tags = new HashMap<>(email.tags());
        tags.put(EMAIL_ID_TAG, email.id().toString());
        tags.put(ACCOUNT_ID_TAG, email.accountId().toString());
        return tags;
    }
}
