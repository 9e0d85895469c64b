interface Props {
  values: number[];
  /** How many points at the end are not whole. */
  partial?: number;
}

const width = 240;
const height = 44;

/** A curve without scales, beside figures that say the same. */
export function Sparkline({ values, partial = 0 }: Props) {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const at = (index: number) => {
    const y = height - 2 - ((values[index] ?? 0) / most) * (height - 6);
    return `${(index * step).toFixed(1)} ${y.toFixed(1)}`;
  };
  const line = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => at(from + index)).join('L');
  const last = values.length - 1;
  const whole = last - partial;
  return values.length < 2 ? (
    <div class="spark" />
  ) : (
    <svg
      class="spark"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="area" d={`M0 ${height}L${line(0, last)}L${width} ${height}Z`} />
      <path d={`M${line(0, whole)}`} />
      {partial > 0 && <path class="cut" d={`M${line(whole, last)}`} />}
    </svg>
  );
}
