import { useSignal } from '@preact/signals';
import type { Role } from '../../api/me';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { TextField } from '../../ui/TextField';
import { words } from './membersText';
import { Once } from './Once';

interface Props {
  /** Whose role is changed; empty for somebody new. */
  email: string;
  role: Role;
  /** Gives the role; says the path of a link if they have no account. */
  admit: (email: string, role: Role) => Promise<string | null>;
  close: () => void;
}

/** Gives somebody a role; who has no account gets a link to one, which is shown once. */
export function MemberDialog({ email, role, admit, close }: Props) {
  const written = useSignal(email);
  const chosen = useSignal<Role>(role);
  const link = useSignal<string | null>(null);
  const save = async () => {
    const path = await admit(written.value.trim(), chosen.value);
    if (path === null) {
      close();
    } else {
      link.value = location.origin + path;
    }
  };
  if (link.value) {
    return (
      <Once
        title={words().linkTitle}
        help={words().linkHelp(written.value.trim())}
        label={words().link}
        text={link.value}
        close={close}
      />
    );
  }
  return (
    <Dialog title={email ? words().changeOf(email) : words().add} close={close}>
      <Form
        fields={['email']}
        submit={words().give}
        ready={written.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => (
          <>
            {!email && (
              <TextField type="email" label={words().email} fault={fault('email')} text={written} />
            )}
            <Choices
              label={words().role}
              choices={(['viewer', 'editor', 'owner'] as const).map((value) => ({
                value,
                ...words().roles[value],
              }))}
              chosen={chosen.value}
              choose={(value) => (chosen.value = value as Role)}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
