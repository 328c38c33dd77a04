package dev.sendex.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts a stack for a Quarkus application that accepts Sendex keys, and configures the
/// application: [#CONFIGURED] has the introspection URL in its configuration, [#DISCOVERING] uses
/// discovery.
public final class RunningStack implements QuarkusTestResourceLifecycleManager {

    static final String CONFIGURED = "configured";
    static final String DISCOVERING = "discovering";

    private @Nullable Stack stack;

    @Override
    public Map<String, String> start() {
        stack = Stack.start();
        JsonNode introspection = stack.description().required("introspection");
        Map<String, String> settings = new HashMap<>();
        for (String tenant : List.of(CONFIGURED, DISCOVERING)) {
            settings.put(oidc(tenant, "tenant-paths"), "/" + tenant + "/*");
            settings.put(
                    oidc(tenant, "auth-server-url"),
                    stack.description().at("/services/key-service/url").textValue());
            settings.put(
                    oidc(tenant, "client-id"), introspection.required("client_id").textValue());
            settings.put(
                    oidc(tenant, "credentials.secret"),
                    introspection.required("client_secret").textValue());
        }
        settings.put(oidc(CONFIGURED, "discovery-enabled"), "false");
        settings.put(oidc(CONFIGURED, "introspection-path"), "/oauth2/introspect");
        return settings;
    }

    private static String oidc(String tenant, String name) {
        return "quarkus.oidc." + tenant + "." + name;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stack, new TestInjector.MatchesType(Stack.class));
    }

    @Override
    public void stop() {
        if (stack != null) {
            stack.close();
        }
    }
}
