package dev.sendex.sandbox;

/// The AWS account of the sandbox.
final class SandboxAccount {

    static final String ID = "111122223333";
    static final String CALLER = "sendex-sandbox";
    static final String OUTGOING_IP = "192.0.2.20";

    private SandboxAccount() {}
}
