import type { ComponentChildren } from 'preact';
import type { Answer } from '../../api/useAnswer';
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
    <Empty>
      <p>{words().noVisits}</p>
    </Empty>
  ) : (
    <Answered answer={answer} rows={rows}>
      {children}
    </Answered>
  );
}
