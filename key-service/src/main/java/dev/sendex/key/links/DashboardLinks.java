package dev.sendex.key.links;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Links to pages of the dashboard. The token is in the fragment, which browsers do not send, so it
/// appears in no log of a server or proxy and in no `Referer`.
@ApplicationScoped
public class DashboardLinks {

    private final String dashboard;

    DashboardLinks(@ConfigProperty(name = "sendex.dashboard.url") String dashboard) {
        this.dashboard = dashboard.replaceAll("/+$", "");
    }

    /// A link to a page.
    ///
    /// @param page the page's path, for example `/invitation`
    public String to(String page, LinkToken token) {
        return dashboard + page + "#token=" + token.value();
    }
}
