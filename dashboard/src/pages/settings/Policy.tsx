import type { Site } from '../../api/me';
import { policyOf } from '../../api/settings';
import { useAnswer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';
import { language } from '../../text';
import { Code } from '../../ui/Code';
import { OfSettings } from './OfSettings';
import { words } from './policyText';
import { SettingsForm } from './SettingsForm';

const names = [
  'controller',
  'controller-contact',
  'dpo',
  'purpose',
  'hosting-region',
  'recipients',
  'backups-kept',
  'collector-url',
];

/** Who answers for the figures, and what visitors are told. */
export function Policy({ site }: { site: Site }) {
  const policy = useAnswer(policyOf(site.domain, language.value));
  const at = (path: string) => `${path}?site=${encodeURIComponent(site.domain)}`;
  return (
    <>
      <h2>{words().who}</h2>
      <p>{words().whoHelp}</p>
      <OfSettings site={site}>
        {(settings) => <SettingsForm site={site} settings={settings} parts={[{ names }]} />}
      </OfSettings>
      <h2>{words().text}</h2>
      <p>{words().textHelp}</p>
      <Answered answer={policy} rows={12}>
        {(text) => <Code prose label={words().label} text={text} />}
      </Answered>
      <h2>{words().links}</h2>
      <ul class="links">
        <li>
          <a href={at('/privacy/policy')}>{words().page}</a>
        </li>
        <li>
          <a href={at('/privacy/policy/changes')}>{words().changes}</a>
        </li>
        <li>
          <a href={at('/privacy')}>{words().rights}</a>
        </li>
        <li>
          <a href={at('/privacy.json')}>{words().inventory}</a>
        </li>
      </ul>
    </>
  );
}
