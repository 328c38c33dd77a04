import { Group, Text } from "@mantine/core";
import { dateAndTime } from "../shared/time";
import type { Granularity, Bucket } from "./usage";

interface Props {
  readonly buckets: readonly Bucket[];
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

/** A bar for every hour or day. The table below it has the numbers. */
export function UsageChart({ buckets, granularity }: Props) {
  const max = Math.max(1, ...buckets.map(({ requests }) => requests));
  const width = buckets.length * (WIDTH + GAP);
  return (
    <div style={{ maxWidth: 820 }}>
      <Text size="xs" c="dimmed" aria-hidden>
        {max}
      </Text>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width="100%"
        style={{ maxHeight: HEIGHT * 1.6 }}
        role="img"
        aria-label={`Requests per ${granularity}, at most ${max}`}
      >
        {buckets.map((bucket, index) => (
          <Bar key={bucket.start} bucket={bucket} x={index * (WIDTH + GAP)} max={max} />
        ))}
        <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} stroke="var(--mantine-color-gray-5)" />
      </svg>
      <Group justify="space-between" aria-hidden>
        {[buckets.at(0), buckets.at(-1)].map(
          (bucket) =>
            bucket !== undefined && (
              <Text key={bucket.start} size="xs" c="dimmed">
                {dateAndTime(bucket.start)}
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

function Bar({ bucket, x, max }: { bucket: Bucket; x: number; max: number }) {
  let top = HEIGHT;
  return (
    <g>
      <title>{`${dateAndTime(bucket.start)}: ${bucket.requests}`}</title>
      <rect x={x} y={0} width={WIDTH} height={HEIGHT} fill="transparent" />
      {PARTS.toReversed().map(({ count, color }) => {
        const height = (bucket[count] / max) * HEIGHT;
        top -= height;
        return <rect key={count} x={x} y={top} width={WIDTH} height={height} fill={color} />;
      })}
    </g>
  );
}
