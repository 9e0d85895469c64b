import type { Members } from '../../api/access';
import type { Role } from '../../api/me';
import { type Answer, mapped } from '../../api/useAnswer';
import { me } from '../../state/session';
import { longDay } from '../../text/format';
import { Button } from '../../ui/Button';
import { Items } from './Items';
import { words } from './membersText';
import { roleName } from './roles';

/** Somebody with a role, or invited to one. */
interface Person {
  email: string;
  /** Empty for who is invited. */
  name: string;
  role: string;
  /** Until when the invitation holds; null for who is a member. */
  until: string | null;
}

const peopleOf = ({ members, invitations }: Members): Person[] => [
  ...members.map((member) => ({ ...member, until: null })),
  ...invitations.map(({ email, role, expires_at }) => ({
    email,
    name: '',
    role,
    until: expires_at,
  })),
];

const isMe = ({ email }: Person) => email === me.value?.account.email;

interface Props {
  label: string;
  answer: Answer<Members>;
  /** What is said where nobody has a role. */
  empty: string;
  /** What the button says that lets somebody in. */
  add: string;
  /** Opens what gives somebody a role; without an address, somebody new. */
  open: (email: string, role: Role) => void;
  dismiss: (email: string) => Promise<unknown>;
}

/** Who has which role on a site, or on a group of sites. */
export function PeopleItems({ label, answer, empty, add, open, dismiss }: Props) {
  return (
    <Items
      label={label}
      answer={mapped(answer, peopleOf)}
      keyOf={({ email, until }) => `${email} ${String(until)}`}
      nameOf={({ email }) => email}
      columns={[
        {
          title: words().who,
          cell: ({ name, email, until }) => (
            <>
              <b>{name || email}</b>
              <span class="detail">{until ? words().until(longDay(until)) : email}</span>
            </>
          ),
        },
        { title: words().role, cell: ({ role }) => roleName(role) },
      ]}
      empty={empty}
      add={{ label: add, open: () => open('', 'viewer') }}
      more={({ email, role }) => (
        <Button
          kind="quiet"
          class="small"
          aria-label={words().changeOf(email)}
          onClick={() => open(email, role as Role)}
        >
          {words().change}
        </Button>
      )}
      removal={{
        may: () => true,
        warning: (person) => (isMe(person) ? words().warningSelf : words().warning),
        act: ({ email }) => dismiss(email),
      }}
    />
  );
}
