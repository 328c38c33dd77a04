import { Group, Text } from "@mantine/core";
import { dateAndTime } from "../shared/time";
import type { Granularity, Span } from "./use";

interface Props {
  readonly spans: readonly Span[];
  readonly granularity: Granularity;
}

const HEIGHT = 120;
const WIDTH = 14;
const GAP = 4;

const PARTS = [
  { count: "failed", label: "Failed", color: "var(--mantine-color-red-6)" },
  { count: "refused", label: "Refused", color: "var(--mantine-color-orange-5)" },
  { count: "success", label: "Successful", color: "var(--mantine-color-teal-6)" },
] as const;

/** A bar for every hour or day; the numbers are in the table below it. */
export function UseChart({ spans, granularity }: Props) {
  const most = Math.max(1, ...spans.map(({ requests }) => requests));
  const width = spans.length * (WIDTH + GAP);
  return (
    <div style={{ maxWidth: 820 }}>
      <Text size="xs" c="dimmed" aria-hidden>
        {most}
      </Text>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width="100%"
        style={{ maxHeight: HEIGHT * 1.6 }}
        role="img"
        aria-label={`Requests per ${granularity}, at most ${most}`}
      >
        {spans.map((span, index) => (
          <Bar key={span.start} span={span} x={index * (WIDTH + GAP)} most={most} />
        ))}
        <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} stroke="var(--mantine-color-gray-5)" />
      </svg>
      <Group justify="space-between" aria-hidden>
        {[spans.at(0), spans.at(-1)].map(
          (span) =>
            span !== undefined && (
              <Text key={span.start} size="xs" c="dimmed">
                {dateAndTime(span.start)}
              </Text>
            ),
        )}
      </Group>
      <Group gap="md">
        {PARTS.toReversed().map(({ label, color }) => (
          <Group key={label} gap={6}>
            <svg width={10} height={10} aria-hidden>
              <rect width={10} height={10} rx={2} fill={color} />
            </svg>
            <Text size="xs">{label}</Text>
          </Group>
        ))}
      </Group>
    </div>
  );
}

function Bar({ span, x, most }: { span: Span; x: number; most: number }) {
  let top = HEIGHT;
  return (
    <g>
      <title>{`${dateAndTime(span.start)}: ${span.requests}`}</title>
      <rect x={x} y={0} width={WIDTH} height={HEIGHT} fill="transparent" />
      {PARTS.toReversed().map(({ count, color }) => {
        const height = (span[count] / most) * HEIGHT;
        top -= height;
        return <rect key={count} x={x} y={top} width={WIDTH} height={height} fill={color} />;
      })}
    </g>
  );
}
