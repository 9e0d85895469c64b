import { useSignal } from '@preact/signals';
import { addGroup, groups, type SiteGroup } from '../../api/manage';
import { useAnswer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Form } from '../../ui/Form';
import { Empty } from '../../ui/Notice';
import { TextField } from '../../ui/TextField';
import { GroupOfSites } from './GroupOfSites';
import { words } from './manageText';

/** Groups of sites, each with what is in it and who reads it. */
export function Groups() {
  const answer = useAnswer(groups);
  const adding = useSignal(false);
  return (
    <>
      <p class="adds">
        <Button kind="main" icon="plus" onClick={() => (adding.value = true)}>
          {words().groups.add}
        </Button>
      </p>
      <Answered answer={answer} rows={6}>
        {(all: SiteGroup[]) =>
          all.length === 0 ? (
            <Empty>{words().groups.none}</Empty>
          ) : (
            <>
              {all.map((group) => (
                <GroupOfSites key={group.id} group={group} />
              ))}
            </>
          )
        }
      </Answered>
      {adding.value && <GroupDialog close={() => (adding.value = false)} />}
    </>
  );
}

function GroupDialog({ close }: { close: () => void }) {
  const name = useSignal('');
  const save = async () => {
    await addGroup(name.value.trim());
    close();
  };
  return (
    <Dialog title={words().groups.add} close={close}>
      <Form
        fields={['name']}
        submit={words().groups.add}
        ready={name.value.trim() !== ''}
        cancel={close}
        save={save}
      >
        {(fault) => <TextField label={words().groups.name} fault={fault('name')} text={name} />}
      </Form>
    </Dialog>
  );
}
