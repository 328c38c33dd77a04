const ACRONYMS: Readonly<Record<string, string>> = {
  api: "API",
  dns: "DNS",
  id: "ID",
  ip: "IP",
  ips: "IPs",
  url: "URL",
};

/** `delivery_delayed` as a label: `Delivery delayed`. */
export function toLabel(name: string): string {
  const text = name
    .replace("second_factor", "two-factor authentication")
    .replace("handed_over", "transferred")
    .split("_")
    .map((word) => ACRONYMS[word] ?? word)
    .join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
