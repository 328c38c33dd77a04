/** The token of a one-time link. It is in the fragment, which browsers never send to servers. */
export function tokenOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") ?? "";
}
