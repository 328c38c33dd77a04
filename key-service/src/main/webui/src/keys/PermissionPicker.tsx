import { Checkbox, Fieldset, Group, Input, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PermissionCatalogue } from "../api/types";
import { toLabel } from "../shared/label";
import { CUSTOM, groupByResource, presetOf } from "./permissions";

interface Choice {
  readonly fullAccess: boolean;
  readonly permissions: string[];
}

interface Props extends Choice {
  readonly catalogue: PermissionCatalogue;
  readonly canHaveFullAccess: boolean;
  readonly error: ReactNode;
  readonly onChange: (choice: Choice) => void;
}

const FULL_ACCESS = "full_access";

/** Presets, and a checkbox for each permission. */
export function PermissionPicker(props: Props) {
  const { catalogue, fullAccess, canHaveFullAccess, permissions, error, onChange } = props;
  const presets = catalogue.presets.filter(({ name }) => name !== FULL_ACCESS);
  const chosen = fullAccess ? FULL_ACCESS : presetOf(permissions, presets);

  function choose(name: string) {
    const preset = presets.find((candidate) => candidate.name === name);
    onChange({
      fullAccess: name === FULL_ACCESS,
      permissions: preset === undefined ? permissions : [...preset.permissions],
    });
  }

  return (
    <Fieldset legend="Permissions" variant="default">
      <Stack>
        <Radio.Group value={chosen} onChange={choose} aria-label="Preset">
          <Group gap="lg">
            {presets.map(({ name }) => (
              <Radio key={name} value={name} label={toLabel(name)} />
            ))}
            {chosen === CUSTOM && <Radio value={CUSTOM} label="Custom" />}
            {canHaveFullAccess && <Radio value={FULL_ACCESS} label="Full access" />}
          </Group>
        </Radio.Group>
        {fullAccess ? (
          <Text size="sm" c="dimmed">
            All permissions, including those of later versions. Use a key with fewer permissions if possible.
          </Text>
        ) : (
          <Checkbox.Group
            value={permissions}
            onChange={(names) => onChange({ fullAccess: false, permissions: names })}
            aria-label="Permissions"
          >
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="lg" verticalSpacing="md">
              {groupByResource(catalogue.data).map(({ resource, label, permissions: members }) => (
                <Stack key={resource} gap={6} role="group" aria-label={label}>
                  <Text size="sm" fw={600}>
                    {label}
                  </Text>
                  {members.map(({ name, description }) => (
                    <Checkbox key={name} value={name} label={name} description={description} size="sm" />
                  ))}
                </Stack>
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
        {error !== undefined && <Input.Error role="alert">{error}</Input.Error>}
      </Stack>
    </Fieldset>
  );
}
