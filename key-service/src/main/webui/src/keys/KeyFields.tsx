import { Fieldset, Group, Input, NumberInput, Select, SimpleGrid, TagsInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { PermissionCatalogue } from "../api/types";
import { type KeyDraft, WINDOWS, windowName } from "./draft";
import { dateError, EXPIRIES, ON_A_DATE } from "./expiry";
import { PermissionPicker } from "./PermissionPicker";

interface Props {
  readonly form: UseFormReturnType<KeyDraft>;
  readonly catalogue: PermissionCatalogue;
  readonly verifiedDomains: readonly string[];
  /** Only a new key can get full access. */
  readonly canChangeType: boolean;
}

/** Checks that do not need the server. */
export const VALIDATORS = {
  name: (name: string) => (name.trim() === "" ? "Enter a name" : null),
  permissions: (permissions: string[], draft: KeyDraft) =>
    !draft.fullAccess && permissions.length === 0 ? "Choose at least one permission" : null,
  date: (date: string, draft: KeyDraft) => dateError(draft.expires_at, date, new Date()),
};

/** The permissions and restrictions of a key. */
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
        description="Such as example.com or *.example.com. Leave empty to allow all verified domains of the account."
        placeholder={values.allowed_domains.length === 0 ? "All verified domains" : ""}
        data={[...verifiedDomains]}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_domains")}
      />
      <TagsInput
        label="Allowed networks"
        description="Where the key may be used, such as 192.0.2.0/24 or 2001:db8::/32. Leave empty to allow any network."
        placeholder={values.allowed_ips.length === 0 ? "Any network" : ""}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_ips")}
      />
      <TagsInput
        label="Allowed endpoints"
        description="Such as POST /v1/emails. Leave empty to allow all endpoints that the permissions cover."
        placeholder={values.allowed_endpoints.length === 0 ? "All endpoints that the permissions cover" : ""}
        splitChars={[",", "|"]}
        acceptValueOnBlur
        clearable
        {...form.getInputProps("allowed_endpoints")}
      />
      <Fieldset legend="Limits">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Amount form={form} name="rate_limit" label="Requests" />
          <Select
            label="Per"
            data={windows(values.rate_window)}
            allowDeselect={false}
            withCheckIcon={false}
            {...form.getInputProps("rate_window")}
          />
          <Amount form={form} name="sending_per_day" label="Recipients per day" />
          <Amount form={form} name="sending_per_month" label="Recipients per month" />
          <Amount form={form} name="sending_total" label="Recipients in total" />
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

/** Includes the key's own window, which may be none of the usual ones. */
function windows(chosen: string) {
  return WINDOWS.some(({ value }) => value === chosen)
    ? [...WINDOWS]
    : [...WINDOWS, { value: chosen, label: windowName(Number(chosen)) }];
}
