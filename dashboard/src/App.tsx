import { useEffect } from 'preact/hooks';
import { Sites } from './pages/Sites';
import { Site } from './pages/Site';
import { Unknown } from './pages/Unknown';
import { type Route, route } from './state/route';
import { identify, me, obstacle, site } from './state/session';
import { t } from './text';
import { later } from './ui/later';
import { FailureNotice } from './ui/Notice';

const Settings = later(() => import('./pages/settings/Settings').then((module) => module.Settings));

const Manage = later(() => import('./pages/manage/Manage').then((module) => module.Manage));
const Shared = later(() => import('./pages/shared/Shared').then((module) => module.Shared));

/** What a page is called; null for those that say so themselves. */
function titleOf(shown: Route): string | null {
  switch (shown.page) {
    case 'site':
    case 'settings':
      return `${shown.domain} – ${t().title}`;
    case 'sites':
    case 'unknown':
      return `${t().sites.title} – ${t().title}`;
    case 'shared':
    case 'manage':
      return null;
  }
}

/** The whole page, once it is known who is signed in. */
export function App() {
  const shown = route.value;
  const title = titleOf(shown);
  useEffect(() => {
    if (title !== null) {
      document.title = title;
    }
  }, [title]);
  if (shown.page === 'shared') {
    return <Shared link={shown.link} domain={shown.domain} />;
  }
  if (!me.value) {
    return obstacle.value ? (
      <main class="page alone">
        <FailureNotice failure={obstacle.value} retry={() => void identify()} />
      </main>
    ) : null;
  }
  switch (shown.page) {
    case 'sites':
      return <Sites />;
    case 'site':
      return site.value ? <Site key={site.value.domain} site={site.value} /> : <Unknown site />;
    case 'settings':
      return site.value ? <Settings site={site.value} section={shown.section} /> : <Unknown site />;
    case 'manage':
      return <Manage part={shown.part} />;
    case 'unknown':
      return <Unknown />;
  }
}
