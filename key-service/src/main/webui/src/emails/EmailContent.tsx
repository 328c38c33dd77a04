import { Code, Tabs, Text } from "@mantine/core";

interface Props {
  readonly html: string | null;
  readonly text: string | null;
}

/** The content of an email. Its HTML is untrusted: it can neither run scripts nor load anything. */
export function EmailContent({ html, text }: Props) {
  if (!html && !text) {
    return <Text c="dimmed">The content of this email is not stored.</Text>;
  }
  return (
    <Tabs defaultValue={html ? "preview" : "text"} keepMounted={false}>
      <Tabs.List>
        {html && <Tabs.Tab value="preview">Preview</Tabs.Tab>}
        {html && <Tabs.Tab value="html">HTML</Tabs.Tab>}
        {text && <Tabs.Tab value="text">Text</Tabs.Tab>}
      </Tabs.List>
      {html && (
        <Tabs.Panel value="preview" pt="sm">
          <iframe
            title="Preview of the email"
            sandbox=""
            srcDoc={html}
            style={{ width: "100%", height: 360, border: 0, background: "white", colorScheme: "light" }}
          />
        </Tabs.Panel>
      )}
      {html && <Source name="html" content={html} />}
      {text && <Source name="text" content={text} />}
    </Tabs>
  );
}

function Source({ name, content }: { name: string; content: string }) {
  return (
    <Tabs.Panel value={name} pt="sm">
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {content}
      </Code>
    </Tabs.Panel>
  );
}
