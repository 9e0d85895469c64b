import type { Site } from '../../api/me';
import { OfSettings } from './OfSettings';
import { words } from './retentionText';
import { SettingsForm } from './SettingsForm';

/** How long what is counted is kept. */
export function Retention({ site }: { site: Site }) {
  return (
    <>
      <p>{words().intro}</p>
      <OfSettings site={site}>
        {(settings) => (
          <SettingsForm
            site={site}
            settings={settings}
            parts={[{ names: ['visits-kept', 'totals-kept'] }]}
          />
        )}
      </OfSettings>
    </>
  );
}
