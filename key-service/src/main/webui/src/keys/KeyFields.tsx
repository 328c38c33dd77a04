import { Fieldset, Group, Input, NumberInput, Select, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { PermissionCatalogue } from "../api/types";
import { type KeyDraft, WINDOWS, windowName } from "./draft";
import { dateFault, EXPIRIES, ON_A_DATE } from "./expiry";
import { PermissionPicker } from "./PermissionPicker";

interface Props {
  readonly form: UseFormReturnType<KeyDraft>;
  readonly catalogue: PermissionCatalogue;
  readonly verifiedDomains: readonly string[];
  /** Full access is given when a key is created, and stays. */
  readonly canChangeType: boolean;
}

/** What can be said about a key before the server is asked. */
export const FAULTS = {
  name: (name: string) => (name.trim() === "" ? "Give the key a name" : null),
  permissions: (permissions: string[], draft: KeyDraft) =>
    !draft.fullAccess && permissions.length === 0 ? "Choose at least one permission" : null,
  date: (date: string, draft: KeyDraft) => dateFault(draft.expires_at, date, new Date()),
};

/** What a key may do and what it is bound to. */
export function KeyFields({ form, catalogue, verifiedDomains, canChangeType }: Props) {
  const { values, errors } = form;
  const presets = catalogue.presets.filter(({ name }) => canChangeType || name !== "full_access");
  return (
    <>
      {(canChangeType || !values.fullAccess) && (
        <PermissionPicker
          catalogue={{ ...catalogue, presets }}
          fullAccess={values.fullAccess}
          canHaveFullAccess={canChangeType}
          permissions={values.permissions}
          error={errors["permissions"]}
          onChange={(choice) => form.setValues(choice)}
        />
      )}
      <TagsInput
        label="Allowed sender domains"
        description="Such as example.com or *.example.com; none: every verified domain of the account"
        placeholder={values.allowed_domains.length === 0 ? "Every verified domain" : ""}
        data={[...verifiedDomains]}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_domains")}
      />
      <TagsInput
        label="Allowed addresses"
        description="Networks that it may be used from, such as 192.0.2.0/24 or 2001:db8::/32; none: from anywhere"
        placeholder={values.allowed_ips.length === 0 ? "From anywhere" : ""}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_ips")}
      />
      <TagsInput
        label="Allowed endpoints"
        description="Such as POST /v1/emails; none: whatever its permissions open"
        placeholder={values.allowed_endpoints.length === 0 ? "Whatever its permissions open" : ""}
        splitChars={[",", "|"]}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_endpoints")}
      />
      <Fieldset legend="Limits">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Amount form={form} name="rate_limit" label="Requests" />
          <Select
            label="per"
            data={windows(values.rate_window)}
            allowDeselect={false}
            withCheckIcon={false}
            {...form.getInputProps("rate_window")}
          />
          <Amount form={form} name="sending_per_day" label="Recipients per day" />
          <Amount form={form} name="sending_per_month" label="Recipients per month" />
          <Amount form={form} name="sending_total" label="Recipients in all" />
        </SimpleGrid>
        {errors["sending_limit"] !== undefined && (
          <Input.Error role="alert" mt="xs">
            {errors["sending_limit"]}
          </Input.Error>
        )}
      </Fieldset>
      <Group align="flex-start">
        <Select
          label="Expires"
          data={EXPIRIES}
          allowDeselect={false}
          withCheckIcon={false}
          {...form.getInputProps("expires_at")}
        />
        {values.expires_at === ON_A_DATE && (
          <TextInput label="Date and time" type="datetime-local" step="any" required {...form.getInputProps("date")} />
        )}
      </Group>
    </>
  );
}

type AmountName = "rate_limit" | "sending_per_day" | "sending_per_month" | "sending_total";

function Amount({ form, name, label }: { form: Props["form"]; name: AmountName; label: string }) {
  const { onChange, ...input } = form.getInputProps(name);
  return (
    <NumberInput
      label={label}
      placeholder="No limit"
      min={1}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=" "
      {...input}
      onChange={(value) => onChange(typeof value === "number" ? value : "")}
    />
  );
}

/** A key may have a window that is not offered. */
function windows(chosen: string) {
  return WINDOWS.some(({ value }) => value === chosen)
    ? [...WINDOWS]
    : [...WINDOWS, { value: chosen, label: windowName(Number(chosen)) }];
}
