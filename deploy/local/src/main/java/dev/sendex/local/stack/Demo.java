package dev.sendex.local.stack;

/// The demo account, with a verified domain and two keys.
///
/// @param apiKey a key with all permissions
/// @param scopedKey a key that may only send from the domain
record Demo(String email, String password, String domain, String apiKey, String scopedKey) {

    static final String EMAIL = "demo@sendex.example";
    static final String DOMAIN = "demo.example";

    @Override
    public String toString() {
        return "Demo[hidden]";
    }
}
