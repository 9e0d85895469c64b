import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Role } from '../../api/me';
import {
  admitToGroup,
  dismissFromGroup,
  putIntoGroup,
  removeGroup,
  type SiteGroup,
  takeOutOfGroup,
} from '../../api/manage';
import { me } from '../../state/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Fault } from '../../ui/Field';
import { faultOf, useSaving } from '../../ui/saving';
import { MemberDialog } from '../settings/MemberDialog';
import { PeopleItems } from '../settings/PeopleItems';
import { words } from './manageText';

/** One group: its sites, and who has a role on them by it. */
export function GroupOfSites({ group }: { group: SiteGroup }) {
  const heading = useId();
  const open = useSignal<{ email: string; role: Role } | null>(null);
  const removing = useSignal(false);
  return (
    <section class="group-of-sites" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{group.name}</h2>
        <Button
          kind="quiet"
          class="small"
          aria-label={words().groups.removeOf(group.name)}
          onClick={() => (removing.value = true)}
        >
          {words().groups.remove}
        </Button>
      </header>
      <h3>{words().groups.sites}</h3>
      <SitesOf group={group} />
      <h3>{words().groups.members}</h3>
      <PeopleItems
        label={`${group.name}: ${words().groups.members}`}
        answer={{ value: group, asking: false, outdated: false, again: () => undefined }}
        empty={words().groups.nobody}
        add={words().groups.letIn}
        open={(email, role) => (open.value = { email, role })}
        dismiss={(email) => dismissFromGroup(group.id, email)}
      />
      {open.value && (
        <MemberDialog
          {...open.value}
          admit={(email, role) => admitToGroup(group.id, email, role)}
          close={() => (open.value = null)}
        />
      )}
      {removing.value && (
        <Confirm
          title={words().groups.removeOf(group.name)}
          action={words().groups.remove}
          act={() => removeGroup(group.id)}
          close={() => (removing.value = false)}
        >
          <p>{words().groups.warning}</p>
        </Confirm>
      )}
    </section>
  );
}

/** The sites of a group, and what puts another into it. */
function SitesOf({ group }: { group: SiteGroup }) {
  const { failure, run } = useSaving();
  const others = (me.value?.sites ?? []).filter(({ domain }) => !group.sites.includes(domain));
  return (
    <>
      {group.sites.length === 0 && <p class="quiet">{words().groups.noSites}</p>}
      <ul class="chips">
        {group.sites.map((domain) => (
          <li key={domain} class="chip">
            <span class="words">{domain}</span>
            <button
              type="button"
              class="away"
              aria-label={words().groups.takeOut(domain, group.name)}
              onClick={() => void run(() => takeOutOfGroup(group.id, domain))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <select
          class="put"
          aria-label={`${group.name}: ${words().groups.put}`}
          value=""
          onChange={(event) => {
            const { value } = event.currentTarget;
            event.currentTarget.value = '';
            if (value) {
              void run(() => putIntoGroup(group.id, value));
            }
          }}
        >
          <option value="">{words().groups.put}…</option>
          {others.map(({ domain }) => (
            <option key={domain} value={domain}>
              {domain}
            </option>
          ))}
        </select>
      )}
      <Fault words={faultOf(failure.value)?.words} />
    </>
  );
}
