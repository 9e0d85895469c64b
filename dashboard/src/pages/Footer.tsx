import type { Site } from '../api/me';
import { oldest } from '../api/cache';
import { t } from '../text';
import { clock } from '../text/format';
import { Button } from '../ui/Button';

/** Until when what is shown is complete, and by whose clock. */
export function Footer({ site, help }: { site: Site; help: () => void }) {
  const at = oldest(`query ${site.domain} `) ?? oldest(`realtime ${site.domain}`);
  return (
    <footer class="foot">
      <span>{at ? t().completeUntil(clock(at, site.timezone)) : ''}</span>
      <span>{t().zone(site.timezone)}</span>
      <Button kind="quiet" class="small" onClick={help}>
        {t().keys.title} <kbd>?</kbd>
      </Button>
    </footer>
  );
}

/** The same of all sites, by the clock of whoever looks: each site has a zone of its own. */
export function FooterOfAll() {
  const at = oldest('query ');
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <footer class="foot">
      <span>{at ? t().completeUntil(clock(at, zone)) : ''}</span>
      <span>{t().zone(zone)}</span>
    </footer>
  );
}
