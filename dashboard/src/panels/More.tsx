import type { Site } from '../api/me';
import { view } from '../state/view';
import { later } from '../ui/later';
import { useSeen } from '../ui/useSeen';

const Behaviour = later(
  () => import('./behaviour/Behaviour').then((module) => module.Behaviour),
  11,
);

const Retention = later(
  () => import('./retention/Retention').then((module) => module.Retention),
  11,
);
const Vitals = later(() => import('./vitals/Vitals').then((module) => module.Vitals), 11);
const Refusals = later(() => import('./refusals/Refusals').then((module) => module.Refusals), 11);

/** The panels here that have details, which a link may lead to. */
const detailed = ['behaviour', 'vitals', 'refusals', 'retention'];

/** What is further down the page: loaded, and asked for, when it is about to be seen. */
export function More({ site }: { site: Site }) {
  const [box, seen] = useSeen<HTMLDivElement>();
  const wanted = seen || detailed.includes(view.value.details ?? '');
  return (
    <div class="panels more" ref={box}>
      {wanted ? (
        <>
          <Behaviour site={site} />
          <Vitals site={site} />
          <Refusals site={site} />
          <Retention site={site} />
        </>
      ) : (
        <div class="panel whole room" />
      )}
    </div>
  );
}
