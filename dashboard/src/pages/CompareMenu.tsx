import type { Site } from '../api/me';
import { todayIn } from '../state/days';
import { earlierSpan } from '../state/series';
import { comparisons, show, view } from '../state/view';
import { t } from '../text';
import { days } from '../text/format';
import { Menu, type MenuItem } from '../ui/Menu';

/** Chooses what figures are compared with. */
export function CompareMenu({ site }: { site: Site }) {
  const { compare, matchWeekdays, range } = view.value;
  if (range === 'all') {
    return null;
  }
  const before = earlierSpan(view.value, todayIn(site.timezone, new Date()));
  const words = before ? t().compare.with(days(before.first, before.last)) : t().compare.none;
  return (
    <Menu
      class="compare"
      align="end"
      name={`${t().compare.title}: ${words}`}
      label={<span class="words">{words}</span>}
      items={[
        ...comparisons.map((one): MenuItem => ({
          label: t().compare[one],
          chosen: compare === one,
          choose: () => show({ compare: one }),
        })),
        'line',
        ...[false, true].map((matching): MenuItem => ({
          label: matching ? t().compare.weekdays : t().compare.dates,
          chosen: matchWeekdays === matching,
          choose: () => show({ matchWeekdays: matching }),
        })),
      ]}
    />
  );
}
