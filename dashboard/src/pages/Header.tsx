import type { ComponentChildren } from 'preact';
import { chooseLook, look, looks } from '../state/look';
import { pathTo } from '../state/route';
import { me, signOut, site } from '../state/session';
import { chooseLanguage, language, t } from '../text';
import { languages } from '../text/language';
import { IconButton } from '../ui/Button';
import { Menu, type MenuItem } from '../ui/Menu';
import { Mark } from './Mark';

interface Props {
  /** Opens the search, or the sheet of keys; undefined where there is none. */
  search?: () => void;
  help?: () => void;
  /** What stands between the site's name and the account. */
  children?: ComponentChildren;
}

/** The bar at the top: where one is, what is chosen there, who one is. */
export function Header({ children, search, help }: Props) {
  return (
    <>
      <a class="skip" href="#main">
        {t().skip}
      </a>
      <header class="bar">
        <a class="home" href="/sites" aria-label={t().sites.all}>
          <Mark />
        </a>
        {site.value && <SiteMenu />}
        <div class="choices">{children}</div>
        {search && <IconButton icon="search" label={t().search.title} onClick={search} />}
        <AccountMenu help={help} />
      </header>
    </>
  );
}

function SiteMenu() {
  const sites = me.value?.sites ?? [];
  return (
    <Menu
      class="site-menu"
      kind="quiet"
      name={`${site.value?.domain ?? ''}: ${t().sites.switch}`}
      label={<b>{site.value?.domain}</b>}
      items={[
        ...sites.map(({ domain }): MenuItem => ({
          label: domain,
          chosen: domain === site.value?.domain,
          href: pathTo(domain),
        })),
        'line',
        { label: t().sites.all, href: '/sites' },
      ]}
    />
  );
}

function AccountMenu({ help }: { help: (() => void) | undefined }) {
  const account = me.value?.account;
  return (
    <Menu
      kind="quiet"
      icon="person"
      align="end"
      class="account-menu"
      name={t().account.menu}
      label={null}
      items={[
        { heading: account?.name ?? '' },
        { label: t().account.account, href: '/account' },
        ...(account?.admin
          ? [
              { label: t().account.people, href: '/people' },
              { label: t().account.groups, href: '/groups' },
            ]
          : []),
        ...(help ? [{ label: t().account.help, hint: '?', choose: help }] : []),
        { label: t().account.signOut, choose: signOut },
        'line',
        { heading: t().look.title },
        ...looks.map((one): MenuItem => ({
          label: t().look[one],
          chosen: look.value === one,
          choose: () => chooseLook(one),
        })),
        'line',
        { heading: t().language },
        ...languages.map((one): MenuItem => ({
          label: t().languages[one],
          chosen: language.value === one,
          choose: () => void chooseLanguage(one),
        })),
      ]}
    />
  );
}
