const WRITTEN_ANOTHER_WAY: Readonly<Record<string, string>> = { api: "API" };

/** `delivery_delayed` as a person writes it: `Delivery delayed`. */
export function words(name: string): string {
  const text = name
    .split("_")
    .map((word) => WRITTEN_ANOTHER_WAY[word] ?? word)
    .join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
