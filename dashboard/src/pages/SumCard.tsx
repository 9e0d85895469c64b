import { Sparkline } from '../chart/Sparkline';
import { Change } from '../panels/Change';
import { changeOf, type Sum } from '../state/sums';
import { t } from '../text';
import { count, short } from '../text/format';

/** A figure with its curve. */
export function SumCard({ sum }: { sum: Sum }) {
  return (
    <>
      <p class="sum">
        <span class="value" title={count(sum.total)}>
          {short(sum.total)}
        </span>
        <span class="quiet">{t().sites.visitors}</span>
        <Change metric="visitors" before={sum.before} changed={changeOf(sum)} />
      </p>
      <Sparkline values={sum.values} partial={1} />
    </>
  );
}
