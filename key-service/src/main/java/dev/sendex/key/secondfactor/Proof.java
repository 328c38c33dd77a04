package dev.sendex.key.secondfactor;

/// What became of the second proof.
public enum Proof {

    /// The code was right.
    VERIFIED,

    /// The member has no second factor.
    NOT_NEEDED,

    /// There was no code, and one is needed.
    MISSING,

    /// The code was wrong, or used before.
    WRONG,

    /// It was wrong, and so were the [SecondFactor#MAX_WRONG_CODES] before: only a recovery code
    /// counts.
    LOCKED
}
