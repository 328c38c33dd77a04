import { Anchor, Button, Center, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";

export function MissingPage() {
  return (
    <Stack align="flex-start">
      <Title order={1} size="h2">
        There is no such page
      </Title>
      <Anchor component={Link} to="/">
        Go to your API keys
      </Anchor>
    </Stack>
  );
}

/** A fault in the dashboard itself. */
export function BrokenPage() {
  return (
    <Center mih="100vh" p="md">
      <Stack align="center">
        <Title order={1} size="h2">
          This page broke
        </Title>
        <Text>Nothing you have saved is lost.</Text>
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </Stack>
    </Center>
  );
}
