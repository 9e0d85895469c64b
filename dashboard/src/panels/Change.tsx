import type { Figure } from '../api/query';
import { t } from '../text';
import { change, count, figure } from '../text/format';
import { Icon } from '../ui/Icon';
import { betterIfMore } from './figures';

/** A figure as a number: an amount of money without its currency, null if there is none. */
export const asNumber = (value: Figure | undefined): number | null =>
  typeof value === 'object' ? (value?.value ?? null) : (value ?? null);

/** How a figure has changed, in percent or, for percents, in points. */
export function Change({
  metric,
  before,
  changed,
  write = (value) => figure(metric, value),
}: {
  metric: string;
  before: number | null;
  changed: number | null;
  /** How a figure is written. */
  write?: (value: number | null) => string;
}) {
  // Against nothing, everything is much.
  if (changed === null || before === null || before === 0) {
    return <span class="change">{t().before(write(before))}</span>;
  }
  const good = betterIfMore(metric);
  const judged = changed === 0 || good === null ? '' : changed > 0 === good ? ' good' : ' bad';
  const points = ['bounce_rate', 'consent_share', 'conversion_rate'].includes(metric);
  const words = points ? t().points(changed, count(Math.abs(changed))) : change(changed);
  return (
    <span class={`change${judged}`} title={t().before(write(before))}>
      {changed !== 0 && <Icon name={changed > 0 ? 'up' : 'down'} />}
      {words}
    </span>
  );
}
