package dev.sendex.key.usage;

import dev.sendex.common.identity.CurrentCaller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/v1/api-keys/{id}/usage")
class KeyUsageResource {

    private final UsageReport report;
    private final CurrentCaller caller;
    private final Clock clock;

    KeyUsageResource(UsageReport report, CurrentCaller caller, Clock clock) {
        this.report = report;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @PermissionsAllowed("api_keys:read")
    public Uni<KeyUsageView> usage(
            @PathParam("id") String id,
            @QueryParam("granularity") @Nullable String granularity,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until) {
        UsagePeriod period = UsagePeriod.of(granularity, since, until, clock.instant());
        return report.of(caller.get().accountId(), keyId(id), period);
    }

    /// Text that is not a valid id gets the same 404 as an unknown id.
    private static UUID keyId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw UsageReport.noSuchKey();
        }
    }
}
