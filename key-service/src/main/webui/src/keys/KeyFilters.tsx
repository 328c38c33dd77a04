import { Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useSearchParams } from "react-router";
import { toLabel } from "../shared/label";

const NAMES = ["q", "state", "environment", "usage_status"] as const;

const CHOICES = {
  state: ["active", "expiring", "expired", "rotating", "revoked"],
  environment: ["live", "test"],
  usage_status: ["never_used", "active", "quiet", "dormant"],
} as const;

/** The filter in the URL's query, as parameters of the API. */
export function filterOf(search: URLSearchParams): Record<string, string | undefined> {
  return Object.fromEntries(NAMES.map((name) => [name, search.get(name) ?? undefined]));
}

/** Filters the list. The filter is part of the URL, so that a link to it can be shared. */
export function KeyFilters() {
  const [search, setSearch] = useSearchParams();

  function choose(name: string, value: string | null) {
    setSearch(
      (previous) => {
        const next = new URLSearchParams(previous);
        ["after", "before", name].forEach((parameter) => next.delete(parameter));
        if (value !== null && value !== "") {
          next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  }

  const searchFor = useDebouncedCallback((text: string) => choose("q", text.trim()), 300);
  return (
    <Group align="flex-end" role="search" aria-label="API keys">
      <TextInput
        label="Name or token"
        placeholder="Search"
        defaultValue={search.get("q") ?? ""}
        onChange={(event) => searchFor(event.currentTarget.value)}
        w={200}
      />
      <Choice label="State" name="state" chosen={search.get("state")} onChoose={choose} />
      <Choice label="Environment" name="environment" chosen={search.get("environment")} onChoose={choose} />
      <Choice label="Usage" name="usage_status" chosen={search.get("usage_status")} onChoose={choose} />
    </Group>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: keyof typeof CHOICES;
  readonly chosen: string | null;
  readonly onChoose: (name: string, value: string | null) => void;
}

function Choice({ label, name, chosen, onChoose }: ChoiceProps) {
  return (
    <Select
      label={label}
      placeholder="Any"
      data={CHOICES[name].map((value) => ({ value, label: toLabel(value) }))}
      value={chosen}
      onChange={(value) => onChoose(name, value)}
      clearable
      w={150}
    />
  );
}
