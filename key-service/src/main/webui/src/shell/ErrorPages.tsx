import { Anchor, Button, Center, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";

export function NotFoundPage() {
  return (
    <Stack align="flex-start">
      <Title order={1} size="h2">
        Page not found
      </Title>
      <Anchor component={Link} to="/">
        Go to your API keys
      </Anchor>
    </Stack>
  );
}

/** Shown when the dashboard itself fails. */
export function ErrorPage() {
  return (
    <Center mih="100vh" p="md">
      <Stack align="center">
        <Title order={1} size="h2">
          Something went wrong
        </Title>
        <Text>Reload the page to continue. Saved changes are not affected.</Text>
        <Button onClick={() => window.location.reload()}>Reload page</Button>
      </Stack>
    </Center>
  );
}
