import { useSignal } from '@preact/signals';
import { admit, dismiss, membersOf } from '../../api/access';
import type { Role, Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { MemberDialog } from './MemberDialog';
import { words } from './membersText';
import { PeopleItems } from './PeopleItems';

/** Who may do what on a site. */
export function Members({ site }: { site: Site }) {
  const answer = useAnswer(membersOf(site.domain));
  const open = useSignal<{ email: string; role: Role } | null>(null);
  return (
    <>
      <p>{words().intro}</p>
      <PeopleItems
        label={words().intro}
        answer={answer}
        empty={words().none}
        add={words().add}
        open={(email, role) => (open.value = { email, role })}
        dismiss={(email) => dismiss(site.domain, email)}
      />
      {open.value && (
        <MemberDialog
          {...open.value}
          admit={(email, role) => admit(site.domain, email, role)}
          close={() => (open.value = null)}
        />
      )}
    </>
  );
}
