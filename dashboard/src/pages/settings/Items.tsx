import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Answer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';
import { t } from '../../text';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Empty } from '../../ui/Notice';
import { words } from './itemsText';

/** A column of a list. */
export interface Column<T> {
  title: string;
  cell: (item: T) => ComponentChildren;
  /** Whether it is left out where there is little room. */
  minor?: boolean;
}

/** How something is removed. */
export interface Removal<T> {
  /** What the button says; `Remove` unless given. */
  action?: string;
  may: (item: T) => boolean;
  /** What is going to be gone. */
  warning: (item: T) => ComponentChildren;
  act: (item: T) => Promise<unknown>;
}

interface Props<T> {
  /** What the list is of, for those who do not see it. */
  label: string;
  answer: Answer<T[]>;
  keyOf: (item: T) => string;
  /** What it is called where it is removed. */
  nameOf: (item: T) => string;
  columns: Column<T>[];
  /** What is said where there is nothing. */
  empty: string;
  /** Opens what adds one; undefined for who may not. */
  add?: { label: string; open: () => void } | undefined;
  /** Undefined where nothing is removed. */
  removal?: Removal<T> | undefined;
  /** More that can be done with one, before what removes it. */
  more?: (item: T) => ComponentChildren;
}

/** Things of a site, of which some may be added and removed. */
export function Items<T>(props: Props<T>) {
  const { label, answer, keyOf, nameOf, columns, empty, add, removal, more } = props;
  const removing = useSignal<T | null>(null);
  const going = removing.value;
  const acts = removal !== undefined || more !== undefined;
  return (
    <>
      {add && (
        <p class="adds">
          <Button kind="main" icon="plus" onClick={add.open}>
            {add.label}
          </Button>
        </p>
      )}
      <Answered answer={answer} rows={4}>
        {(items) =>
          items.length === 0 ? (
            <Empty>{empty}</Empty>
          ) : (
            <table class="items" aria-label={label}>
              <thead>
                <tr>
                  {columns.map(({ title, minor }) => (
                    <th key={title} scope="col" class={minor ? 'minor' : undefined}>
                      {title}
                    </th>
                  ))}
                  {acts && (
                    <th scope="col">
                      <span class="unseen">{words().actions}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={keyOf(item)}>
                    {columns.map(({ title, cell, minor }) => (
                      <td key={title} class={minor ? 'minor' : undefined}>
                        {cell(item)}
                      </td>
                    ))}
                    {acts && (
                      <td class="acts">
                        {more?.(item)}
                        {removal?.may(item) && (
                          <Button
                            kind="quiet"
                            class="small"
                            aria-label={`${removal.action ?? t().remove}: ${nameOf(item)}`}
                            onClick={() => (removing.value = item)}
                          >
                            {removal.action ?? t().remove}
                          </Button>
                        )}
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answered>
      {going !== null && removal && (
        <Confirm
          title={`${removal.action ?? t().remove}: ${nameOf(going)}`}
          action={removal.action ?? t().remove}
          act={() => removal.act(going)}
          close={() => (removing.value = null)}
        >
          <p>{removal.warning(going)}</p>
        </Confirm>
      )}
    </>
  );
}
