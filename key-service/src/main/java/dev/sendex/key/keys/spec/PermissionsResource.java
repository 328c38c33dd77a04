package dev.sendex.key.keys.spec;

import dev.sendex.common.permission.Permission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;

/// The catalogue of permissions and presets.
@Path("/v1/permissions")
class PermissionsResource {

    private static final Catalogue CATALOGUE =
            new Catalogue(
                    "list",
                    Arrays.stream(Permission.values()).map(Entry::of).toList(),
                    Arrays.stream(Preset.values()).map(PresetEntry::of).toList());

    @GET
    @Authenticated
    public Uni<Catalogue> list() {
        return Uni.createFrom().item(CATALOGUE);
    }

    @RegisterForReflection
    record Catalogue(String object, List<Entry> data, List<PresetEntry> presets) {}

    @RegisterForReflection
    record Entry(String name, String description) {

        static Entry of(Permission permission) {
            return new Entry(permission.value(), permission.description());
        }
    }

    @RegisterForReflection
    record PresetEntry(String name, List<String> permissions) {

        static PresetEntry of(Preset preset) {
            return new PresetEntry(
                    preset.value(),
                    preset.permissions().stream().sorted().map(Permission::value).toList());
        }
    }
}
