import { useEffect } from 'preact/hooks';
import { me } from '../../state/session';
import '../../style/settings.css';
import { t } from '../../text';
import { Notice } from '../../ui/Notice';
import { Header } from '../Header';
import { Groups } from './Groups';
import { People } from './People';
import { words } from './manageText';

/** The pages of the installation, which are for its administrators. */
export function Manage({ part }: { part: 'people' | 'groups' }) {
  const title = words()[part].title;
  useEffect(() => {
    document.title = `${title} – ${t().title}`;
  }, [title]);
  return (
    <>
      <Header />
      <main class="page settings" id="main" tabIndex={-1}>
        <nav aria-label={words().title}>
          <a class="back" href="/sites">
            {words().back}
          </a>
          {(['people', 'groups'] as const).map((one) => (
            <a key={one} href={`/${one}`} aria-current={one === part ? 'page' : undefined}>
              {words()[one].title}
            </a>
          ))}
        </nav>
        <section>
          <h1>{title}</h1>
          {me.value?.account.admin ? (
            <>
              <p>{words()[part].intro}</p>
              {part === 'people' ? <People /> : <Groups />}
            </>
          ) : (
            <Notice icon="lock">
              <p>{words().closed}</p>
            </Notice>
          )}
        </section>
      </main>
    </>
  );
}
