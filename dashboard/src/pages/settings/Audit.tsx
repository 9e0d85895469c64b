import { useSignal } from '@preact/signals';
import { auditFile, type AuditLine, auditOf } from '../../api/access';
import type { Site } from '../../api/me';
import { useAnswer } from '../../api/useAnswer';
import { count, longDay, moment } from '../../text/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { words } from './auditText';
import { Items } from './Items';
import { roleName } from './roles';
import { words as settings } from './settingText';

/** How many lines are asked for at once, and at most. */
const page = 50;
const most = 10_000;

/** What was done to a site. */
export function Audit({ site }: { site: Site }) {
  const asked = useSignal(page);
  const answer = useAnswer(auditOf(site.domain, asked.value));
  const full = (answer.value?.length ?? 0) >= asked.value && asked.value < most;
  return (
    <>
      <p>{words().intro}</p>
      <p class="adds">
        <a class="button" href={auditFile(site.domain)} download>
          <Icon name="download" />
          {words().download}
        </a>
      </p>
      <Items
        label={words().intro}
        answer={answer}
        keyOf={(line) => JSON.stringify(line)}
        nameOf={({ what }) => what}
        columns={[
          {
            title: words().when,
            cell: ({ at }) => <time dateTime={at}>{moment(new Date(at), site.timezone)}</time>,
          },
          { title: words().what, cell: done },
        ]}
        empty={words().none}
      />
      {full && (
        <p class="adds">
          <Button onClick={() => (asked.value = Math.min(most, asked.value + page))}>
            {words().older}
          </Button>
        </p>
      )}
    </>
  );
}

function done(line: AuditLine) {
  const who = line.role ? `${line.who}, ${roleName(line.role)}` : line.who;
  const details = [
    ...(line.first_day && line.last_day
      ? [words().days(longDay(line.first_day), longDay(line.last_day))]
      : []),
    ...(line.rows > 1 ? [words().rows(count(line.rows))] : []),
  ];
  return (
    <>
      {inWords(line)}
      <span class="detail">{who}</span>
      {details.length > 0 && <span class="detail">{details.join(', ')}</span>}
    </>
  );
}

function inWords({ action, what }: AuditLine): string {
  const whole = words().whole[`${action} ${what}`];
  return whole ?? `${words().actions[action] ?? action} ${thing(what)}`;
}

function thing(what: string): string {
  const [, setting] = /^setting (.+)$/.exec(what) ?? [];
  return (
    words().things[what] ??
    (setting ? words().setting(settings()[setting]?.label ?? setting) : what)
  );
}
