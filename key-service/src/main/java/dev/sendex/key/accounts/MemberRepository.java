package dev.sendex.key.accounts;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class MemberRepository implements PanacheRepositoryBase<Member, UUID> {

    Uni<@Nullable Member> findByEmail(String email) {
        return find("email", email).firstResult();
    }
}
