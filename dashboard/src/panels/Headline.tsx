import { useMemo } from 'preact/hooks';
import type { Site } from '../api/me';
import type { Result } from '../api/query';
import { type Annotation, annotations } from '../api/site';
import { useAnswer } from '../api/useAnswer';
import { about } from '../state/ask';
import { daysIn, todayIn, wallClock } from '../state/days';
import { type Span, spanOf } from '../state/range';
import { earlierSpan, intervalOf } from '../state/series';
import { useSubjects } from '../state/subjects';
import { type Headline as Metric, view } from '../state/view';
import { language, t } from '../text';
import { figure, longDay, shortFigure } from '../text/format';
import { Notice } from '../ui/Notice';
import { Answered } from './Panel';
import { askable, leastTop } from './figures';
import { Figures } from './Figures';
import { Curve, type Drawn } from './Curve';
import { pointsOf } from './points';

/** What a curve shows before its question is answered. */
const none: Annotation[] = [];

/** The figures of the range, and one of them over time. */
export function Headline({ site }: { site: Site }) {
  const shown = view.value;
  const metrics = askable(shown, useSubjects(site.domain));
  const metric = metrics.includes(shown.metric) ? shown.metric : 'visitors';
  const now = new Date();
  const today = todayIn(site.timezone, now);
  const span = spanOf(shown.range, today);
  const interval = span && intervalOf(shown.interval, daysIn(span.first, span.last));
  const before = earlierSpan(shown, today);

  const figures = useAnswer(about(site, shown, { metrics }, now));
  const series = useAnswer(about(site, shown, seriesQuestion(metric, interval, span), now));
  const earlier = useAnswer(
    before && about(site, shown, seriesQuestion(metric, interval, before), now),
  );
  const remarks = useAnswer(annotations(site.domain));

  const clock = wallClock(site.timezone, now).slice(0, 16);
  const said = series.value;
  const compared = before !== null;
  const earlierSaid = compared ? (earlier.value ?? null) : null;
  const remarked = remarks.value ?? none;
  const points = useMemo(
    () =>
      said
        ? pointsOf({
            metric,
            answer: said,
            before: earlierSaid,
            annotations: remarked,
            clock,
          })
        : [],
    [said, earlierSaid, remarked, metric, clock],
  );
  const spoken = language.value;
  const drawn = useMemo(
    () => drawnBy(metric),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is said is said anew in another language
    [metric, spoken],
  );
  return (
    <section class="panel headline" data-panel="headline">
      <Answered answer={figures} rows={2}>
        {(answer: Result) => (
          <>
            <Figures metrics={metrics} answer={answer} drawn={metric} />
            {answer.meta.data_from && (
              <Notice>{t().dataFrom(longDay(answer.meta.data_from))}</Notice>
            )}
            {answer.meta.comparison_warning && <Notice>{t().compare.notWhole}</Notice>}
          </>
        )}
      </Answered>
      <Answered answer={series} rows={9}>
        {(answer: Result) => (
          <Curve drawn={drawn} answer={answer} points={points} compared={compared} />
        )}
      </Answered>
    </section>
  );
}

const drawnBy = (metric: Metric): Drawn => ({
  name: t().metrics[metric],
  full: (value) => figure(metric, value),
  short: (value) => shortFigure(metric, value),
  least: leastTop(metric),
});

const seriesQuestion = (metric: string, interval: string | null, span: Span | null) => ({
  metrics: [metric],
  dimensions: [interval ? `time:${interval}` : 'time'],
  timeLabels: true,
  compare: false,
  ...(span ? { span } : {}),
});
