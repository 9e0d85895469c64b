import { useSignal } from '@preact/signals';
import { removeSharedLink, type SharedLink, sharedLinks } from '../../api/access';
import type { Site } from '../../api/me';
import type { SiteSettings } from '../../api/settings';
import { useAnswer } from '../../api/useAnswer';
import { longDay } from '../../text/format';
import { Code } from '../../ui/Code';
import { FilterText } from './FilterText';
import { Items } from './Items';
import { words as items } from './itemsText';
import { LinkDialog } from './LinkDialog';
import { OfSettings } from './OfSettings';
import { words as ofSegments } from './segmentsText';
import { SettingsForm } from './SettingsForm';
import { words } from './sharingText';

/** Who outside may see rounded figures of the site. */
export function Sharing({ site }: { site: Site }) {
  return (
    <>
      <h2>{words().public}</h2>
      <OfSettings site={site}>
        {(settings) => (
          <>
            <SettingsForm
              site={site}
              settings={settings}
              parts={[{ names: ['public', 'prometheus'] }]}
            />
            {isPublic(settings) && <Public site={site} />}
          </>
        )}
      </OfSettings>
      <h2>{words().links}</h2>
      <p>{words().linksHelp}</p>
      <Links site={site} />
    </>
  );
}

const isPublic = ({ settings }: SiteSettings): boolean =>
  settings.some(
    ({ name, value, default: other }) => name === 'public' && (value ?? other) === 'on',
  );

/** Where the public page is, and the badge. */
function Public({ site }: { site: Site }) {
  const page = `/public/${encodeURIComponent(site.domain)}`;
  const badge = `/badge/${encodeURIComponent(site.domain)}.svg`;
  const here = location.origin;
  return (
    <>
      <p>
        <a href={page}>{words().page}</a>
      </p>
      <h3>{words().badge}</h3>
      <p>{words().badgeHelp}</p>
      <p>
        <img src={badge} alt={words().badge} height={20} />
      </p>
      <Code
        label={words().badgeLabel}
        text={`<a href="${here}${page}"><img src="${here}${badge}" alt=""></a>`}
      />
    </>
  );
}

function Links({ site }: { site: Site }) {
  const answer = useAnswer(sharedLinks(site.domain));
  const adding = useSignal(false);
  return (
    <>
      <Items
        label={words().links}
        answer={answer}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        columns={[
          {
            title: words().name,
            cell: (link) => (
              <>
                <b>{link.name}</b>
                <Terms link={link} />
              </>
            ),
          },
          {
            title: words().shows,
            cell: ({ filters }) =>
              filters.length === 0 ? (
                words().all
              ) : (
                <FilterText filters={filters} and={ofSegments().and} />
              ),
          },
          {
            title: words().used,
            cell: ({ used }) => (used ? longDay(used) : items().never),
            minor: true,
          },
          {
            title: words().expires,
            cell: ({ expires }) => (expires ? longDay(expires) : items().never),
            minor: true,
          },
        ]}
        empty={words().none}
        add={{ label: words().add, open: () => (adding.value = true) }}
        removal={{
          may: () => true,
          warning: () => words().warning,
          act: ({ id }) => removeSharedLink(site.domain, id),
        }}
      />
      {adding.value && <LinkDialog site={site} close={() => (adding.value = false)} />}
    </>
  );
}

/** What else is to be known of a link. */
function Terms({ link: { password, frames } }: { link: SharedLink }) {
  const terms = [
    ...(password ? [words().asksPassword] : []),
    ...(frames.length > 0 ? [words().framed(frames.join(', '))] : []),
  ];
  return terms.length === 0 ? null : <span class="detail">{terms.join(', ')}</span>;
}
