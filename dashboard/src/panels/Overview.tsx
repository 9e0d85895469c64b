import type { Site } from '../api/me';
import { t } from '../text';
import { Headline } from './Headline';
import { Lists } from './Lists';
import { More } from './More';
import { Places } from './Places';
import { deviceTabs, pageTabs, sourceTabs } from './tabs';

/** How a site does, at a glance. */
export function Overview({ site }: { site: Site }) {
  const { sources, pages, devices } = t().panels;
  return (
    <>
      <Headline site={site} />
      <div class="panels">
        <Lists site={site} id="sources" title={sources.title} tabs={sourceTabs()} />
        <Lists site={site} id="pages" title={pages.title} tabs={pageTabs()} />
        <Places site={site} />
        <Lists site={site} id="devices" title={devices.title} tabs={deviceTabs()} />
      </div>
      <More site={site} />
    </>
  );
}
