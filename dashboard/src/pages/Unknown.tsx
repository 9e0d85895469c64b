import { t } from '../text';
import { Header } from './Header';

/** What is shown at an address that leads nowhere, or to a site that is not open. */
export function Unknown({ site = false }: { site?: boolean }) {
  return (
    <>
      <Header />
      <main class="page alone" id="main" tabIndex={-1}>
        <h1>{t().unknownPage.title}</h1>
        {site && <p>{t().sites.unknown}</p>}
        <p>
          <a class="button main" href="/sites">
            {t().unknownPage.back}
          </a>
        </p>
      </main>
    </>
  );
}
