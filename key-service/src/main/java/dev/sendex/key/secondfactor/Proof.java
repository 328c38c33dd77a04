package dev.sendex.key.secondfactor;

/// The result of verifying the second factor.
public enum Proof {

    /// The code was correct.
    VERIFIED,

    /// The member has no second factor.
    NOT_NEEDED,

    /// A code is required and was not sent.
    MISSING,

    /// The code was wrong or already used.
    WRONG,

    /// [SecondFactor#MAX_WRONG_CODES] codes in a row were wrong, so only a recovery code is
    /// accepted.
    LOCKED
}
