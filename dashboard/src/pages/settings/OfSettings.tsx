import type { ComponentChildren } from 'preact';
import type { Site } from '../../api/me';
import { type SiteSettings, settingsOf } from '../../api/settings';
import { useAnswer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';

interface Props {
  site: Site;
  children: (settings: SiteSettings) => ComponentChildren;
}

/** What needs to know what holds for the site. */
export function OfSettings({ site, children }: Props) {
  const answer = useAnswer(settingsOf(site.domain));
  return (
    <Answered answer={answer} rows={10}>
      {children}
    </Answered>
  );
}
