import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Failure } from '../api/request';
import { list } from '../state/details';
import { type Order, view } from '../state/view';
import { texts } from '../text';
import { count } from '../text/format';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { FailureNotice } from '../ui/Notice';
import { saveFile } from '../ui/saveFile';
import { useSettled } from '../ui/useSettled';
import { da, en } from './details.text';

export const words = texts({ en, da });

/** How many rows a page has. */
export const pageRows = 100;

interface BarProps {
  /** Beside the field. */
  children: ComponentChildren;
}

/** Where it is written what rows are to have in them. */
export function SearchBar({ children }: BarProps) {
  const written = useSignal(view.peek().listing.search);
  const text = useSettled(written.value.trim());
  useEffect(() => {
    if (text !== view.peek().listing.search) {
      list({ search: text, page: 0 });
    }
  }, [text]);
  return (
    <div class="detail-bar">
      <input
        type="search"
        aria-label={words().search}
        placeholder={words().search}
        value={written.value}
        onInput={(event) => (written.value = event.currentTarget.value)}
      />
      {children}
    </div>
  );
}

interface HeadProps {
  by: string;
  name: string;
  kind: string;
  /** The order that holds. */
  order: Order;
  /** Whether the first click puts the highest first. */
  highestFirst: boolean;
}

/** The head of a column, which sorts by it. */
export function SortHead({ by, name, kind, order, highestFirst }: HeadProps) {
  const chosen = order.by === by;
  const sort = () => list({ order: { by, down: chosen ? !order.down : highestFirst }, page: 0 });
  return (
    <th
      scope="col"
      class={kind}
      aria-sort={chosen ? (order.down ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" class="sort" onClick={sort}>
        {name}
        {chosen && <Icon name={order.down ? 'down' : 'up'} />}
      </button>
    </th>
  );
}

/** The page that is shown of so many rows; a link may name one that is no longer there. */
export const pageOf = (total: number): number =>
  Math.min(view.value.listing.page, Math.max(0, Math.ceil(total / pageRows) - 1));

/** Which rows are shown, and the way to those before and after. */
export function Pages({ total }: { total: number }) {
  const page = pageOf(total);
  const first = page * pageRows + 1;
  const last = Math.min(total, first + pageRows - 1);
  return (
    <div class="pages">
      <span role="status">{words().shown(count(first), count(last), count(total), total)}</span>
      {total > pageRows && (
        <>
          <IconButton
            icon="left"
            label={words().before}
            disabled={page === 0}
            onClick={() => list({ page: page - 1 })}
          />
          <IconButton
            icon="right"
            label={words().after}
            disabled={last >= total}
            onClick={() => list({ page: page + 1 })}
          />
        </>
      )}
    </div>
  );
}

interface DownloadProps {
  /** What the file is called, without its ending. */
  name: string;
  file: () => Blob | Promise<Blob>;
}

/** Saves all rows as a file, as they are searched and sorted. */
export function Download({ name, file }: DownloadProps) {
  const loading = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const load = async () => {
    loading.value = true;
    failure.value = null;
    try {
      saveFile(await file(), `${name}.csv`);
    } catch (thrown) {
      failure.value = thrown instanceof Failure ? thrown : new Failure('failed');
    } finally {
      loading.value = false;
    }
  };
  return (
    <>
      <Button icon="download" disabled={loading.value} onClick={load}>
        {words().file}
      </Button>
      {failure.value && <FailureNotice failure={failure.value} retry={() => void load()} />}
    </>
  );
}
