import { useEffect } from 'preact/hooks';
import type { Site } from '../../api/me';
import { pathTo } from '../../state/route';
import { Notice } from '../../ui/Notice';
import '../../style/settings.css';
import { Header } from '../Header';
import { Unknown } from '../Unknown';
import { may, roleName } from './roles';
import { type Section, sections } from './sections';
import { dictionaries, words } from './shellText';

const groups = Object.keys(dictionaries.en.groups) as Section['group'][];

/** The settings of a site, one page for each kind. */
export function Settings({ site, section }: { site: Site; section: string }) {
  const shown = section === '' ? sections[0] : sections.find(({ id }) => id === section);
  const current = shown?.id;
  useEffect(() => {
    // Where the list of pages is a row, the one that is shown stands within it.
    document
      .querySelector('.settings nav [aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  if (!shown) {
    return <Unknown />;
  }
  return (
    <>
      <Header />
      <main class="page settings" id="main" tabIndex={-1}>
        <nav aria-label={words().title}>
          <a class="back" href={pathTo(site.domain)}>
            {words().back}
          </a>
          {groups.map((group) => (
            <Group key={group} group={group} site={site} current={shown} />
          ))}
        </nav>
        <section key={`${site.domain} ${shown.id}`}>
          <h1>{words().sections[shown.id]}</h1>
          {may(site, shown.role) ? (
            <shown.Content site={site} />
          ) : (
            <Notice icon="lock">
              <p>{words().closed(roleName(shown.role), roleName(site.role))}</p>
            </Notice>
          )}
        </section>
      </main>
    </>
  );
}

/** The pages of a group that are open; none, and nothing is said. */
function Group(props: { group: Section['group']; site: Site; current: Section }) {
  const { group, site, current } = props;
  const open = sections.filter((one) => one.group === group && may(site, one.role));
  return open.length === 0 ? null : (
    <div class="group" role="group" aria-label={words().groups[group]}>
      <span class="heading" aria-hidden="true">
        {words().groups[group]}
      </span>
      {open.map(({ id }) => (
        <a
          key={id}
          href={pathTo(site.domain, `settings/${id}`)}
          aria-current={id === current.id ? 'page' : undefined}
        >
          {words().sections[id]}
        </a>
      ))}
    </div>
  );
}
