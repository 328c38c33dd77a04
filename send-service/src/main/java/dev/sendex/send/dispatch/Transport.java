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

/// Sends live emails through SES and test emails to the simulation.
@ApplicationScoped
class Transport {

    /// Larger emails are composed on a worker thread, so that they do not block the event loop.
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

    /// Rejected rather than retried: it was not sent, and composing would fail again.
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

    /// SES returns the tags in its events. The account's tags are for its webhooks; ours identify
    /// the email and its account.
    private static Map<String, String> tags(Email email) {
        Map<String, String> tags = new HashMap<>(email.tags());
        tags.put(EMAIL_ID_TAG, email.id().toString());
        tags.put(ACCOUNT_ID_TAG, email.accountId().toString());
        return tags;
    }
}
