package dev.sendex.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Injects faults that occur with SES, SNS and the network, and changes the sandbox's limits while
/// it runs.
///
/// Faults of calls affect sends only. [#reset] removes all of them.
public final class SandboxControl {

    /// The state of identities that are not verified yet.
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
    private int answersToHold;
    private final Queue<CountDownLatch> heldAnswers = new ArrayDeque<>();
    private int sendsToFail;
    private SesFailure failure = new SesFailure(500, "InternalFailure", "Injected failure.");
    private boolean duplicateEvents;
    private boolean reorderEvents;
    private boolean holdEvents;
    private boolean discardEvents;
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

    /// Delays answers to sends by this time after the email was accepted.
    public synchronized void delay(Duration delay) {
        this.delay = delay;
    }

    /// Accepts the next sends, but closes the connection without an answer.
    public synchronized void dropAnswers(int times) {
        answersToDrop = times;
    }

    /// Handles the next sends, but holds their answers back until [#releaseAnswer].
    public synchronized void holdAnswers(int times) {
        answersToHold = times;
    }

    /// How many answers are held back.
    public synchronized int heldAnswers() {
        return heldAnswers.size();
    }

    /// Gives the answer that has been held back longest.
    public synchronized void releaseAnswer() {
        heldAnswers.remove().countDown();
    }

    /// Rejects the next sends with this HTTP status and SES error code.
    public synchronized void fail(int times, int status, String code, String message) {
        sendsToFail = times;
        failure = new SesFailure(status, code, message);
    }

    /// Publishes every event twice.
    public synchronized void duplicateEvents(boolean duplicate) {
        duplicateEvents = duplicate;
    }

    /// Publishes the events of each email in reverse order.
    public synchronized void reorderEvents(boolean reorder) {
        reorderEvents = reorder;
    }

    /// Holds events back while this is on, and publishes them when it is switched off.
    public synchronized void holdEvents(boolean hold) {
        holdEvents = hold;
        notifyAll();
    }

    /// Publishes no events while this is on; they are lost.
    public synchronized void discardEvents(boolean discard) {
        discardEvents = discard;
    }

    /// Sets the state of all identities that were never verified; verified ones stay verified.
    public synchronized void verification(Verification verification) {
        this.verification = verification;
    }

    /// Sets the daily quota and the rate in recipients per second.
    public synchronized void limits(double max24HourSend, double maxSendRate) {
        this.max24HourSend = max24HourSend;
        this.maxSendRate = maxSendRate;
    }

    /// Sets the signature version of SNS messages: 1 (SHA1withRSA) or 2 (SHA256withRSA).
    public synchronized void signatureVersion(int version) {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("SNS signs with version 1 or 2");
        }
        signatureVersion = version;
    }

    /// Restores the state after the start.
    public synchronized void reset() {
        delay = Duration.ZERO;
        answersToDrop = 0;
        answersToHold = 0;
        heldAnswers.forEach(CountDownLatch::countDown);
        heldAnswers.clear();
        sendsToFail = 0;
        duplicateEvents = false;
        reorderEvents = false;
        holdEvents = false;
        discardEvents = false;
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

    synchronized boolean discardsEvents() {
        return discardEvents;
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

    /// Takes the failure for the current send, if one is due.
    synchronized @Nullable SesFailure takeFailure() {
        if (sendsToFail == 0) {
            return null;
        }
        sendsToFail--;
        return failure;
    }

    /// Whether the answer to the current send must be dropped; counts as one drop.
    synchronized boolean takeDrop() {
        if (answersToDrop == 0) {
            return false;
        }
        answersToDrop--;
        return true;
    }

    /// Waits until the answer to the current send is released, if it must be held back.
    void holdAnswerIfDue() throws InterruptedException {
        CountDownLatch held = takeHold();
        if (held != null) {
            held.await();
        }
    }

    private synchronized @Nullable CountDownLatch takeHold() {
        if (answersToHold == 0) {
            return null;
        }
        answersToHold--;
        CountDownLatch held = new CountDownLatch(1);
        heldAnswers.add(held);
        return held;
    }

    /// Waits while events are held back.
    synchronized void awaitRelease() throws InterruptedException {
        while (holdEvents) {
            wait();
        }
    }
}
