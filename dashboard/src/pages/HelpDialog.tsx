import { shortcutsOn, turnShortcuts } from '../state/shortcuts';
import { rangeNames } from '../state/range';
import { t } from '../text';
import { Dialog } from '../ui/Dialog';
import { rangeKeys } from './RangeMenu';

/** What keys do, and whether they do it. */
export function HelpDialog({ close }: { close: () => void }) {
  const words = t().keys;
  const keys: [string, string][] = [
    ['?', words.help],
    ['/', words.search],
    ['f', words.filter],
    ['c', words.compare],
    ['← →', words.step],
    ['[ ]', words.panels],
    ['d', words.details],
    ['r', words.refresh],
    ['Esc', words.clear],
  ];
  return (
    <Dialog title={words.title} close={close}>
      <div class="keys">
        <KeyTable keys={keys} />
        <KeyTable keys={rangeNames.map((name, at) => [rangeKeys[at] ?? '', t().ranges[name]])} />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={shortcutsOn.value}
          onChange={(event) => turnShortcuts(event.currentTarget.checked)}
        />
        {words.on}
      </label>
    </Dialog>
  );
}

function KeyTable({ keys }: { keys: [string, string][] }) {
  return (
    <table>
      <tbody>
        {keys.map(([key, words]) => (
          <tr key={key}>
            <td>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </td>
            <th scope="row">{words}</th>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
