import { Anchor, Button, Group, Modal, Stack, Table, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearchParams } from "react-router";
import { api } from "../api/client";
import { asProblem } from "../api/problem";
import { usePermission } from "../api/session";
import type { Domain, ListOf } from "../api/types";
import { QueryResult } from "../shared/QueryResult";
import { EmptyState } from "../shared/EmptyState";
import { Instant } from "../shared/Instant";
import { Page } from "../shared/Page";
import { Pager } from "../shared/Pager";
import { cursorOf } from "../shared/paging";
import { ProblemAlert } from "../shared/ProblemAlert";
import { StatusBadge } from "../shared/StatusBadge";

export function DomainsPage() {
  const canWrite = usePermission("domains:write");
  const cursor = cursorOf(useSearchParams()[0]);
  const [adding, { open, close }] = useDisclosure();
  const domains = useQuery({
    queryKey: ["domains", cursor],
    queryFn: () => api.get<ListOf<Domain>>("/v1/domains", { ...cursor }),
  });
  return (
    <Page
      title="Domains"
      about="This account can send from these domains once they are verified."
      action={canWrite && <Button onClick={open}>Add domain</Button>}
    >
      <QueryResult query={domains}>
        {(page) =>
          page.data.length === 0 ? (
            <EmptyState title="No domains yet">
              Add the domain that you want to send from. You will get the DNS records to set.
            </EmptyState>
          ) : (
            <>
              <DomainTable domains={page.data} />
              <Pager cursor={cursor} page={page} />
            </>
          )
        }
      </QueryResult>
      <Modal opened={adding} onClose={close} title="Add domain" centered>
        <AddDomain />
      </Modal>
    </Page>
  );
}

function DomainTable({ domains }: { domains: readonly Domain[] }) {
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing="sm" highlightOnHover aria-label="Domains">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Domain</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Added</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {domains.map(({ id, name, status, created_at }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Anchor component={Link} to={`/domains/${id}`}>
                  {name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <StatusBadge status={status} />
              </Table.Td>
              <Table.Td>
                <Instant at={created_at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function AddDomain() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ mode: "uncontrolled", initialValues: { name: "" } });
  const add = useMutation({
    mutationFn: ({ name }: typeof form.values) => api.post<Domain>("/v1/domains", { name: name.trim() }),
    onSuccess: async (domain) => {
      void queryClient.invalidateQueries({ queryKey: ["domains"] });
      await navigate(`/domains/${domain.id}`);
    },
    onError: (error) => form.setErrors(asProblem(error).fieldMessages),
  });
  return (
    <form onSubmit={form.onSubmit((domain) => add.mutate(domain))}>
      <Stack>
        {add.isError && <ProblemAlert error={add.error} />}
        <TextInput
          label="Domain"
          description="A subdomain, such as mail.example.com, protects the reputation of your main domain"
          placeholder="mail.example.com"
          required
          data-autofocus
          autoCapitalize="none"
          spellCheck={false}
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
