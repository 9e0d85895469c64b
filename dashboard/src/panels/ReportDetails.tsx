import type { Site } from '../api/me';
import { closeDetails } from '../state/details';
import { rangeText } from '../state/range';
import { type Order, view } from '../state/view';
import { t } from '../text';
import { Dialog } from '../ui/Dialog';
import { Empty } from '../ui/Notice';
import { Download, pageOf, pageRows, Pages, SearchBar, SortHead, words } from './DetailParts';
import { type Column, csvOf, searched, sorted } from './table';

interface Props<T> {
  site: Site;
  title: string;
  /** What a file is called after. */
  id: string;
  columns: Column<T>[];
  /** In the order in which they are shown unless another is chosen. */
  rows: T[];
  /** What is said if there is none. */
  empty?: string;
}

/** All rows of a report, which is here as a whole: searched, sorted, page by page, and as a file. */
export function ReportDetails<T>({ site, title, id, columns, rows, empty }: Props<T>) {
  const { search, order } = view.value.listing;
  const column = columns.find((one) => one.id === order?.by);
  const found = searched(rows, columns, search);
  const listed = column && order ? sorted(found, column, order) : found;
  const first = pageOf(listed.length) * pageRows;
  const file = () => new Blob([csvOf(listed, columns)], { type: 'text/csv;charset=utf-8' });
  return (
    <Dialog title={title} close={closeDetails} size="wide">
      <SearchBar>
        <Download name={[site.domain, id, rangeText(view.value.range)].join(' ')} file={file} />
      </SearchBar>
      {listed.length === 0 ? (
        <Empty>{search === '' ? (empty ?? t().panels.nothing) : words().none}</Empty>
      ) : (
        <>
          <Table
            columns={columns}
            rows={listed.slice(first, first + pageRows)}
            order={order ?? { by: '', down: false }}
          />
          <Pages total={listed.length} />
        </>
      )}
    </Dialog>
  );
}

interface TableProps<T> {
  columns: Column<T>[];
  rows: T[];
  order: Order;
}

function Table<T>({ columns, rows, order }: TableProps<T>) {
  const isNumber = ({ value }: Column<T>) => rows.some((row) => typeof value(row) === 'number');
  return (
    <div class="detail-table" tabIndex={0} role="group" aria-label={words().rows}>
      <table class="rows">
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHead
                key={column.id}
                by={column.id}
                name={column.name}
                kind={isNumber(column) ? 'number' : 'what'}
                order={order}
                highestFirst={isNumber(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {columns.map((column) => (
                <td key={column.id} class={isNumber(column) ? 'number' : 'what'}>
                  {shownIn(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shownIn = <T,>({ value, shown }: Column<T>, row: T): string =>
  value(row) === null ? '–' : (shown?.(row) ?? String(value(row)));
