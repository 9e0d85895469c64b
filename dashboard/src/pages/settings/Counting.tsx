import type { Site } from '../../api/me';
import { words } from './countingText';
import { OfSettings } from './OfSettings';
import { SettingsForm } from './SettingsForm';

/** What of a site counts, and how its pages are named. */
export function Counting({ site }: { site: Site }) {
  return (
    <>
      <p>{words().intro}</p>
      <OfSettings site={site}>
        {(settings) => (
          <SettingsForm
            site={site}
            settings={settings}
            parts={[
              { title: words().not, names: ['excluded-pages', 'excluded-networks'] },
              { title: words().where, names: ['hosts', 'localhost', 'tracker-name'] },
              {
                title: words().paths,
                names: ['group-paths', 'keep-paths', 'query-parameters', 'hash-routing'],
              },
              {
                title: words().others,
                names: ['dialects', 'matomo-id', 'umami-id', 'goatcounter-host'],
              },
              { title: words().limits, names: ['rate', 'quota'] },
            ]}
          />
        )}
      </OfSettings>
    </>
  );
}
