package dev.sendex.common.identity;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.security.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.MDC;

/// A caller as Quarkus's security checks see them. `@PermissionsAllowed("emails:send")` arrives
/// here as a permission `emails` with the action `send`; several values of one annotation arrive as
/// several actions, of which one suffices. Each is looked up in the caller's permissions exactly as
/// it was written. Quarkus's own rule, by which a name without actions is implied by any action, is
/// not used.
final class CallerIdentity {

    private CallerIdentity() {}

    static SecurityIdentity of(Caller caller, AuthenticationRequest request) {
        RoutingContext context = HttpSecurityUtils.getRoutingContextAttribute(request);
        CurrentCaller.set(context, caller);
        putMdc(caller);
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addPermissionChecker(required -> check(caller, required, context))
                .build();
    }

    private static Uni<Boolean> check(Caller caller, Permission required, RoutingContext context) {
        List<String> names = names(required);
        boolean granted = names.stream().anyMatch(name -> has(caller, name));
        if (!granted) {
            MissingPermissions.of(context).add(names);
        }
        return Uni.createFrom().item(granted);
    }

    private static boolean has(Caller caller, String name) {
        return caller.permissions().stream().anyMatch(granted -> granted.value().equals(name));
    }

    static List<String> names(Permission required) {
        String actions = required.getActions();
        Stream<String> names =
                actions == null || actions.isEmpty()
                        ? Stream.of(required.getName())
                        : Arrays.stream(actions.split(",", -1))
                                .map(action -> required.getName() + ":" + action);
        return names.sorted().toList();
    }

    private static void putMdc(Caller caller) {
        MDC.put("account_id", caller.accountId().toString());
        switch (caller) {
            case KeyCaller key -> MDC.put("key_id", key.getName());
            case SessionCaller session -> MDC.put("user_id", session.getName());
        }
    }
}
