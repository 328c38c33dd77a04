import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import libmime from "libmime";
import { simpleParser } from "mailparser";

const stack = JSON.parse(readFileSync(process.env.SENDEX_STACK, "utf8"));
const { domain, api_key: key } = stack.demo;
const to = "success@simulator.amazonses.com";

const send = async (email) => {
  const response = await fetch(`${stack.gateway}/v1/emails`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ from: `hello@${domain}`, to, subject: "Hello", text: "Hello", ...email }),
  });
  const answer = await response.json();
  assert.equal(response.status, 200, JSON.stringify(answer));
  return answer.id;
};

// What the recipient gets, and how a mail program reads it.
const received = async (email) => {
  const id = await send(email);
  for (;;) {
    const messages = await (await fetch(`${stack.ses_sandbox}/messages?limit=1000`)).json();
    const message = messages.find(({ tags }) => tags.sendex_email_id === id);
    if (message) {
      const source = await (await fetch(`${stack.ses_sandbox}/messages/${message.id}.eml`)).arrayBuffer();
      const raw = Buffer.from(source);
      return { raw: raw.toString("latin1"), mail: await simpleParser(raw), envelope: message.envelope };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const header = ({ mail }, name) => {
  const { line } = mail.headerLines.find(({ key }) => key === name.toLowerCase());
  return line.slice(line.indexOf(":") + 1).replaceAll("\r\n", "").trim();
};

const sesId = "<0102018f5c3e2a1b-0f6c9d1e-4b7a-4c3d-9e2f-8a1b2c3d4e5f-000000@eu-west-1.amazonses.com>";
const unsubscribe = `<https://shop.example/u/${"a".repeat(300)}>`;
const odd = [
  "Grüße 你好 😀",
  "😀".repeat(40),
  "=?utf-8?q?=0D=0ABcc:_x?=",
  "=?utf-8?q?a b?= =?UTF-8?B?eA==?=",
  "two  spaces   three",
  '"quoted" back; semi: <angle> (comment), comma',
  "%41 =41 ?= =? _ &amp; 100%",
  "charset=\"UTF-8''x\"",
  "word ".repeat(50).trim(),
];

test("headers that programs parse arrive unchanged", async () => {
  const headers = {
    "List-Unsubscribe": unsubscribe,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "In-Reply-To": sesId,
    References: `${sesId} ${sesId} ${sesId}`,
    "Feedback-ID": `campaign:customer:${"t".repeat(80)}:sendex`,
    "X-Payload": JSON.stringify({ order: "17".repeat(60), lines: [1, 2] }),
    "X-Token": `${"a".repeat(200)}.${"b".repeat(200)}`,
  };

  const message = await received({ headers });

  for (const [name, value] of Object.entries(headers)) {
    assert.equal(header(message, name), value);
  }
  assert.equal(message.mail.inReplyTo, sesId);
  assert.deepEqual(message.mail.references, [sesId, sesId, sesId]);
  assert.equal(message.mail.headers.get("list").unsubscribe.url, unsubscribe.slice(1, -1));
});

test("only the name in front of an id is encoded", async () => {
  const message = await received({ headers: { "List-ID": "Grüße <news.shop.example>" } });

  assert.match(header(message, "List-ID"), /^=\?UTF-8\?B\?[^?]+\?= <news\.shop\.example>$/);
  assert.equal(libmime.decodeWords(header(message, "List-ID")), "Grüße <news.shop.example>");
});

for (const text of odd) {
  test(`a reader sees exactly: ${text}`, async () => {
    const quoted = `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    const message = await received({
      from: `${quoted} <hello@${domain}>`,
      subject: text,
      headers: { "X-Note": text },
      attachments: [{ filename: `${text}.txt`, content: "aGk=" }],
    });

    assert.equal(message.mail.subject, text);
    assert.equal(message.mail.from.value[0].name, text);
    assert.equal(message.mail.from.value[0].address, `hello@${domain}`);
    assert.equal(libmime.decodeWords(header(message, "X-Note")), text);
    assert.equal(message.mail.attachments[0].filename, `${text}.txt`);
    assert.ok(message.raw.split("\r\n").every((line) => line.length <= 998));
  });
}

test("content types keep their parameters, or come from the file name", async () => {
  const content = Buffer.from("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n").toString("base64");
  const message = await received({
    attachments: [
      { filename: "invite.ics", content, content_type: "text/calendar; method=REQUEST; charset=UTF-8" },
      { filename: "invoice.pdf", content: "JVBERi0=" },
      { filename: "what", content: "aGk=" },
    ],
  });

  assert.match(message.raw, /\r\nContent-Type: text\/calendar; method=REQUEST; charset=UTF-8\r\n/);
  assert.deepEqual(
    message.mail.attachments.map(({ contentType }) => contentType),
    ["text/calendar", "application/pdf", "application/octet-stream"],
  );
  assert.equal(message.mail.attachments[0].content.toString("base64"), content);
});

test("an attached email can be opened", async () => {
  const original = "From: a@shop.example\r\nSubject: The original\r\n\r\nGrüße\r\n";
  const message = await received({
    attachments: [{ filename: "original.eml", content: Buffer.from(original).toString("base64") }],
  });

  const [attached] = message.mail.attachments;
  assert.equal(attached.contentType, "message/rfc822");
  assert.match(message.raw, /\r\nContent-Transfer-Encoding: 8bit\r\n/);
  assert.match(message.raw, /\r\nSubject: The original\r\n/);
  assert.equal((await simpleParser(attached.content)).subject, "The original");
});

test("html without a text has one, unless it must not", async () => {
  const html = '<p>Hello &amp; <a href="https://shop.example/x">welcome</a></p>';
  const made = await received({ html, text: undefined });
  const none = await received({ html, text: "" });

  assert.match(made.raw, /\r\nContent-Type: multipart\/alternative/);
  assert.equal(made.mail.text.trim(), "Hello & welcome <https://shop.example/x>");
  assert.equal(made.mail.html.trim(), html);
  assert.match(none.raw, /\r\nContent-Type: text\/html/);
});

test("a mailbox gets an email once", async () => {
  const { envelope } = await received({ to: "Jane@shop.example", cc: "", bcc: ["jane@shop.example"], reply_to: "" });

  assert.deepEqual(envelope.to, ["Jane@shop.example"]);
});
