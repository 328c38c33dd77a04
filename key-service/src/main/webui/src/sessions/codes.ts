export const SECOND_FACTOR = ["second-factor"] as const;

/** `JBSWY3DP…` in groups of four, as people type it. */
export function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?!$)/g, "$1 ");
}

/** The file that recovery codes are kept in. */
export function recoveryFile(codes: readonly string[], site: string): string {
  return [`Recovery codes of ${site}, each good once:`, "", ...codes, ""].join("\n");
}
