package dev.sendex.local.stack;

/// An account to try things with: its domain is verified, its keys are issued.
///
/// @param apiKey may do everything
/// @param scopedKey may send from the domain and nothing else
record Demo(String email, String password, String domain, String apiKey, String scopedKey) {

    static final String EMAIL = "demo@sendex.example";
    static final String DOMAIN = "demo.example";

    @Override
    public String toString() {
        return "Demo[hidden]";
    }
}
