package dev.sendex.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes the sandbox misbehave as SES and its surroundings do, and changes its limits while it
/// runs.
///
/// Faults of calls concern sends only. All of them end with [#reset].
public final class SandboxControl {

    /// What becomes of identities that are not verified yet.
    public enum Verification {
        SUCCESS,
        PENDING,
        FAILED
    }

    private final double initialMax24HourSend;
    private final double initialMaxSendRate;
    private final int initialSignatureVersion;

    private Duration delay = Duration.ZERO;
    private int answersToDrop;
    private int sendsToFail;
    private SesFailure failure = new SesFailure(500, "InternalFailure", "Injected failure.");
    private boolean duplicateEvents;
    private boolean reorderEvents;
    private boolean holdEvents;
    private Verification verification = Verification.SUCCESS;
    private double max24HourSend;
    private double maxSendRate;
    private int signatureVersion;

    SandboxControl(SesSandboxOptions options) {
        initialMax24HourSend = options.max24HourSend();
        initialMaxSendRate = options.maxSendRate();
        initialSignatureVersion = options.signatureVersion();
        reset();
    }

    /// Answers to sends come this much later than the email is accepted.
    public synchronized void delay(Duration delay) {
        this.delay = delay;
    }

    /// The next sends are accepted, but the connection is cut instead of an answer.
    public synchronized void dropAnswers(int times) {
        answersToDrop = times;
    }

    /// The next sends are refused with this HTTP status and SES error code.
    public synchronized void fail(int times, int status, String code, String message) {
        sendsToFail = times;
        failure = new SesFailure(status, code, message);
    }

    /// Every event is published twice.
    public synchronized void duplicateEvents(boolean duplicate) {
        duplicateEvents = duplicate;
    }

    /// The events of each email are published last one first.
    public synchronized void reorderEvents(boolean reorder) {
        reorderEvents = reorder;
    }

    /// Events are kept back while this is on, and published when it is switched off.
    public synchronized void holdEvents(boolean hold) {
        holdEvents = hold;
        notifyAll();
    }

    /// Identities once verified stay so; all others have this state.
    public synchronized void verification(Verification verification) {
        this.verification = verification;
    }

    /// The daily quota and the recipients a second that are accepted from now on.
    public synchronized void limits(double max24HourSend, double maxSendRate) {
        this.max24HourSend = max24HourSend;
        this.maxSendRate = maxSendRate;
    }

    /// 1 (SHA1withRSA) or 2 (SHA256withRSA), for the messages of SNS.
    public synchronized void signatureVersion(int version) {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("SNS signs with version 1 or 2");
        }
        signatureVersion = version;
    }

    /// As it was at the start.
    public synchronized void reset() {
        delay = Duration.ZERO;
        answersToDrop = 0;
        sendsToFail = 0;
        duplicateEvents = false;
        reorderEvents = false;
        holdEvents = false;
        verification = Verification.SUCCESS;
        max24HourSend = initialMax24HourSend;
        maxSendRate = initialMaxSendRate;
        signatureVersion = initialSignatureVersion;
        notifyAll();
    }

    synchronized Duration delay() {
        return delay;
    }

    synchronized int answersToDrop() {
        return answersToDrop;
    }

    synchronized int sendsToFail() {
        return sendsToFail;
    }

    synchronized boolean duplicatesEvents() {
        return duplicateEvents;
    }

    synchronized boolean reordersEvents() {
        return reorderEvents;
    }

    synchronized boolean holdsEvents() {
        return holdEvents;
    }

    synchronized Verification verification() {
        return verification;
    }

    synchronized double max24HourSend() {
        return max24HourSend;
    }

    synchronized double maxSendRate() {
        return maxSendRate;
    }

    synchronized int signatureVersion() {
        return signatureVersion;
    }

    /// The failure that the present send must meet, used up by this call; null if none is due.
    synchronized @Nullable SesFailure takeFailure() {
        if (sendsToFail == 0) {
            return null;
        }
        sendsToFail--;
        return failure;
    }

    /// Whether the answer to the present send must be dropped, used up by this call.
    synchronized boolean takeDrop() {
        if (answersToDrop == 0) {
            return false;
        }
        answersToDrop--;
        return true;
    }

    /// Waits while events are held.
    synchronized void awaitRelease() throws InterruptedException {
        while (holdEvents) {
            wait();
        }
    }
}
