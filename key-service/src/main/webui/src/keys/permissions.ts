import type { Permission, Preset } from "../api/types";
import { words } from "../shared/words";

export interface PermissionGroup {
  readonly resource: string;
  readonly label: string;
  readonly permissions: readonly Permission[];
}

/** The name of the choice that is no preset. */
export const CUSTOM = "custom";

/** The catalogue by resource, both in its own order. */
export function groupByResource(catalogue: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of catalogue) {
    const resource = resourceOf(permission.name);
    const group = groups.get(resource);
    if (group === undefined) {
      groups.set(resource, [permission]);
    } else {
      group.push(permission);
    }
  }
  return [...groups].map(([resource, permissions]) => ({ resource, label: words(resource), permissions }));
}

/** The preset that allows exactly this, or `custom`. */
export function presetOf(chosen: readonly string[], presets: readonly Preset[]): string {
  const match = presets.find(
    ({ permissions }) =>
      permissions.length === new Set(chosen).size && permissions.every((name) => chosen.includes(name)),
  );
  return match?.name ?? CUSTOM;
}

/** What a key may do, in a few words: `emails: send, read · domains: read`. */
export function summary(permissions: readonly string[]): string {
  const groups = groupByResource(permissions.map((name) => ({ name, description: "" })));
  return groups
    .map(({ label, permissions: members }) => `${label}: ${members.map(actionOf).join(", ")}`)
    .join(" · ");
}

function resourceOf(name: string): string {
  return name.split(":", 1)[0] ?? name;
}

function actionOf({ name }: Permission): string {
  return name.slice(name.indexOf(":") + 1);
}
