package dev.sendex.send.contacts;

import dev.sendex.common.page.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ContactRepository implements PanacheRepositoryBase<Contact, ContactKey> {

    @WithTransaction
    Uni<Contact> add(Contact contact) {
        return persist(contact);
    }

    @WithSession
    Uni<List<Contact>> page(UUID accountId, Page page) {
        if (page.before() != null) {
            return find("accountId = ?1 and id > ?2 order by id", accountId, page.before())
                    .page(0, page.fetch())
                    .list();
        }
        if (page.after() != null) {
            return find("accountId = ?1 and id < ?2 order by id desc", accountId, page.after())
                    .page(0, page.fetch())
                    .list();
        }
        return find("accountId = ?1 order by id desc", accountId).page(0, page.fetch()).list();
    }
}
