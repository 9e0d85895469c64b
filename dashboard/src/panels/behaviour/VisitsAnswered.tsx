import type { ComponentChildren } from 'preact';
import type { Answer } from '../../api/useAnswer';
import { closeDetails } from '../../state/details';
import { view } from '../../state/view';
import { Dialog } from '../../ui/Dialog';
import { Empty } from '../../ui/Notice';
import { Answered } from '../Panel';
import { words } from './text';

interface Props<T> {
  answer: Answer<T>;
  rows: number;
  children: (value: T) => ComponentChildren;
}

/** What is known of single visits, in order; where there are none, that is said in place of a fault. */
export function VisitsAnswered<T>({ answer, rows, children }: Props<T>) {
  return answer.failure?.kind === 'invalid' && !answer.asking ? (
    <>
      <NoVisits />
      {view.value.details === 'behaviour' && (
        <Dialog title={words().title} close={closeDetails}>
          <NoVisits />
        </Dialog>
      )}
    </>
  ) : (
    <Answered answer={answer} rows={rows}>
      {children}
    </Answered>
  );
}

const NoVisits = () => (
  <Empty>
    <p>{words().noVisits}</p>
  </Empty>
);
