import { useSignal } from '@preact/signals';
import {
  inviteAdministrator,
  type People as Known,
  people,
  type Person,
  removePerson,
} from '../../api/manage';
import { mapped, useAnswer } from '../../api/useAnswer';
import { longDay } from '../../text/format';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { Items } from '../settings/Items';
import { words as members } from '../settings/membersText';
import { Once } from '../settings/Once';
import { roleName } from '../settings/roles';
import { words } from './manageText';

/** Somebody with an account, or who may make one. */
interface Listed {
  email: string;
  /** Null for who is invited. */
  person: Person | null;
  /** How it stands with who has no account yet. */
  invited: string;
}

const listed = ({ accounts, invitations }: Known): Listed[] => [
  ...accounts.map((person) => ({ email: person.email, person, invited: '' })),
  ...invitations.map(({ email, role, expires_at }) => ({
    email,
    person: null,
    invited: words().people.invited(
      role === 'admin' ? words().people.admin : roleName(role),
      longDay(expires_at),
    ),
  })),
];

/** Everybody who may sign in. */
export function People() {
  const answer = useAnswer(people);
  const inviting = useSignal(false);
  return (
    <>
      <Items
        label={words().people.title}
        answer={mapped(answer, listed)}
        keyOf={({ email, invited }) => `${email} ${invited}`}
        nameOf={({ email }) => email}
        columns={[
          {
            title: words().people.who,
            cell: ({ email, person, invited }) => (
              <>
                <b>{person?.name ?? email}</b>
                {person?.admin && <span class="tag">{words().people.admin}</span>}
                <span class="detail">{person ? email : invited}</span>
                {person?.second_step && <span class="detail">{words().people.secondStep}</span>}
              </>
            ),
          },
          {
            title: words().people.since,
            cell: ({ person }) => person && longDay(person.created_on),
            minor: true,
          },
        ]}
        empty={words().people.none}
        add={{ label: words().people.invite, open: () => (inviting.value = true) }}
        removal={{
          // Invitations to a site are taken back where they were given.
          may: ({ person }) => person !== null,
          warning: () => words().people.warning,
          act: ({ email }) => removePerson(email),
        }}
      />
      {inviting.value && <InviteDialog close={() => (inviting.value = false)} />}
    </>
  );
}

function InviteDialog({ close }: { close: () => void }) {
  const email = useSignal('');
  const link = useSignal<string | null>(null);
  const save = async () => {
    const path = await inviteAdministrator(email.value.trim());
    if (path === null) {
      close();
    } else {
      link.value = location.origin + path;
    }
  };
  return link.value ? (
    <Once
      title={members().linkTitle}
      help={members().linkHelp(email.value.trim())}
      label={members().link}
      text={link.value}
      close={close}
    />
  ) : (
    <Dialog title={words().people.invite} close={close}>
      <Form
        fields={['email']}
        submit={words().people.invite}
        ready={email.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <TextField
            type="email"
            label={words().people.email}
            fault={fault('email')}
            text={email}
          />
        )}
      </Form>
    </Dialog>
  );
}
