import type { Permission, Preset } from "../api/types";
import { toLabel } from "../shared/label";

export interface PermissionGroup {
  readonly resource: string;
  readonly label: string;
  readonly permissions: readonly Permission[];
}

/** The choice for permissions that match no preset. */
export const CUSTOM = "custom";

/** The catalogue grouped by resource, in the catalogue's order. */
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
  return [...groups].map(([resource, permissions]) => ({ resource, label: toLabel(resource), permissions }));
}

/** The preset with exactly these permissions, or `custom`. */
export function presetOf(chosen: readonly string[], presets: readonly Preset[]): string {
  const match = presets.find(
    ({ permissions }) =>
      permissions.length === new Set(chosen).size && permissions.every((name) => chosen.includes(name)),
  );
  return match?.name ?? CUSTOM;
}

/** A short form of a key's permissions: `Emails: send, read · Domains: read`. */
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
