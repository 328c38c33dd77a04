import { expect, test } from "vitest";
import { timeline } from "./timeline";

test("events are listed oldest first, even if they arrived late", () => {
  const entries = timeline([
    { id: "3", type: "email.delivered", created_at: "2026-03-01T12:00:03.000Z", detail: {} },
    { id: "1", type: "email.queued", created_at: "2026-03-01T12:00:01.000Z", detail: null },
    { id: "2", type: "email.sent", created_at: "2026-03-01T12:00:02.000Z", detail: {} },
  ]);

  expect(entries.map(({ status }) => status)).toEqual(["queued", "sent", "delivered"]);
});

test("details of an event are shown as text, and empty ones are left out", () => {
  const [entry] = timeline([
    {
      id: "1",
      type: "email.bounced",
      created_at: "2026-03-01T12:00:01.000Z",
      detail: { recipients: ["a@x.example", "b@x.example"], bounce: { type: "Permanent" }, link: null, note: "" },
    },
  ]);

  expect(entry?.details).toEqual([
    ["recipients", "a@x.example, b@x.example"],
    ["bounce", '{"type":"Permanent"}'],
  ]);
});
