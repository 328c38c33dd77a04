import { AppShell, Burger, Center, Group, Loader, NavLink, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "../api/session";
import { ProblemAlert } from "../shared/ProblemAlert";
import { AccountMenu } from "./AccountMenu";

const PAGES = [
  { path: "/api-keys", label: "API keys" },
  { path: "/domains", label: "Domains" },
  { path: "/emails", label: "Emails" },
  { path: "/webhooks", label: "Webhooks" },
  { path: "/members", label: "Members" },
  { path: "/audit", label: "Audit log" },
];

/** The frame of every page for signed-in users. Everybody else is sent to the sign-in page. */
export function Shell() {
  const session = useSession();
  const location = useLocation();
  const [opened, { toggle, close }] = useDisclosure();

  if (session.isPending || session.isError) {
    return (
      <Center mih="100vh" p="md">
        {session.isPending ? (
          <Loader aria-label="Loading" />
        ) : (
          <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
        )}
      </Center>
    );
  }
  if (session.data === null) {
    return <Navigate to="/sign-in" state={{ from: location.pathname + location.search }} replace />;
  }
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <img src="/favicon.svg" width={26} height={26} alt="" />
            <Text fw={700} size="lg">
              Sendex
            </Text>
          </Group>
          <AccountMenu account={session.data} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Main navigation">
        {PAGES.map(({ path, label }) => (
          <NavLink
            key={path}
            component={Link}
            to={path}
            label={label}
            active={isAt(location.pathname, path)}
            aria-current={isAt(location.pathname, path) ? "page" : undefined}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function isAt(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}
