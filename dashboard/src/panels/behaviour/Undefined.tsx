import type { Site } from '../../api/me';
import { pathTo } from '../../state/route';
import { words } from './text';

interface Props {
  site: Site;
  /** What there is none of, and what it would be. */
  said: string;
  /** What leads to where it is made. */
  make: string;
  /** The page of settings where that is. */
  section: 'goals' | 'funnels' | 'properties';
}

/** Says that something is to be defined first, and where, or by whom. */
export function Undefined({ site, said, make, section }: Props) {
  return (
    <>
      <p>{said}</p>
      {site.role === 'viewer' ? (
        <p>{words().ask}</p>
      ) : (
        <a class="button" href={pathTo(site.domain, `settings/${section}`)}>
          {make}
        </a>
      )}
    </>
  );
}
