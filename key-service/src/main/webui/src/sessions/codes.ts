export const SECOND_FACTOR = ["second-factor"] as const;

/** `JBSWY3DP…` in groups of four, which are easier to type. */
export function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?!$)/g, "$1 ");
}

/** The content of the file that is downloaded. */
export function recoveryFile(codes: readonly string[], site: string): string {
  return [`Recovery codes for ${site}. Each can be used once:`, "", ...codes, ""].join("\n");
}
