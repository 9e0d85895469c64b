import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Site } from '../api/me';
import type { Row } from '../api/query';
import { goals } from '../api/definitions';
import { segments } from '../api/site';
import { useAnswer } from '../api/useAnswer';
import { about } from '../state/ask';
import { rangeNames } from '../state/range';
import { pathTo } from '../state/route';
import { me } from '../state/session';
import { go } from '../state/location';
import { show, toggleFilter, view } from '../state/view';
import { t } from '../text';
import { short } from '../text/format';
import { dimensionName, valueName } from '../text/values';
import { Dialog } from '../ui/Dialog';
import { useSettled } from '../ui/useSettled';
import { may } from './settings/roles';
import { sections } from './settings/sections';
import { words } from './settings/shellText';

/** What the server looks through, each for the few that fit best. */
const places = [
  'event:page',
  'visit:source',
  'visit:referrer',
  'visit:utm_campaign',
  'visit:city',
  'visit:browser',
] as const;

/** What goes by other names here than there, and is looked through here. */
const namedPlaces = ['visit:country', 'visit:channel'] as const;

interface Hit {
  key: string;
  kind: string;
  label: string;
  hint?: string;
  choose: () => void;
}

/** Looks for pages, sources, campaigns, places, ranges and sites, and shows what is chosen. */
export function SearchDialog({ site, close }: { site: Site; close: () => void }) {
  const written = useSignal('');
  const at = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const text = written.value.trim();
  const hits = [
    ...useDefined(site, text),
    ...useFound(site, useSettled(text)),
    ...useNamed(site, text),
    ...offered(site, text),
  ];
  const chosen = Math.min(at.value, hits.length - 1);
  const choose = (hit: Hit | undefined) => {
    if (hit) {
      close();
      hit.choose();
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      at.value = (chosen + step + hits.length) % hits.length;
      list.current?.children[at.value]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(hits[chosen]);
    }
  };
  return (
    <Dialog title={t().search.title} close={close}>
      <div class="search">
        <input
          type="text"
          role="combobox"
          autoFocus
          autoComplete="off"
          spellcheck={false}
          aria-label={t().search.title}
          aria-expanded={hits.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={hits.length > 0 ? `${id}-${chosen}` : undefined}
          placeholder={t().search.placeholder}
          value={written.value}
          onInput={(event) => {
            written.value = event.currentTarget.value;
            at.value = 0;
          }}
          onKeyDown={press}
        />
        <ul id={id} ref={list} role="listbox" aria-label={t().search.found}>
          {hits.map((hit, index) => (
            <li
              key={hit.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onClick={() => choose(hit)}
            >
              <span class="kind">{hit.kind}</span>
              <span class="words">{hit.label}</span>
              <span class="count">{hit.hint}</span>
            </li>
          ))}
        </ul>
        {hits.length === 0 && <p class="help">{t().search.nothing}</p>}
      </div>
    </Dialog>
  );
}

const fits = (label: string, text: string) => label.toLowerCase().includes(text.toLowerCase());

/** Ranges, sites and settings whose names have in them what is written. */
function offered(site: Site, text: string): Hit[] {
  const ranges = rangeNames
    .filter((name) => fits(t().ranges[name], text))
    .map((name): Hit => ({
      key: name,
      kind: t().range.title,
      label: t().ranges[name],
      choose: () => show({ range: name, interval: null }),
    }));
  const sites = (me.value?.sites ?? [])
    .filter(({ domain }) => fits(domain, text))
    .slice(0, 5)
    .map(({ domain }): Hit => ({
      key: domain,
      kind: t().sites.title,
      label: domain,
      choose: () => go(pathTo(domain)),
    }));
  const pages = sections
    .filter(({ id, role }) => may(site, role) && text !== '' && fits(words().sections[id], text))
    .slice(0, 5)
    .map(({ id }): Hit => ({
      key: `settings ${id}`,
      kind: words().title,
      label: words().sections[id],
      choose: () => go(pathTo(site.domain, `settings/${id}`)),
    }));
  return [...ranges.slice(0, 8), ...sites, ...pages];
}

/** Goals and segments whose names have in them what is written. */
function useDefined(site: Site, text: string): Hit[] {
  const all = [
    ...(useAnswer(goals(site.domain)).value ?? []).map(({ id, display_name }) => ({
      key: `goal ${id}`,
      name: display_name,
      dimension: 'event:goal',
      value: display_name,
    })),
    ...(useAnswer(segments(site.domain)).value ?? []).map(({ id, name }) => ({
      key: `segment ${id}`,
      name,
      dimension: 'segment',
      value: String(id),
    })),
  ];
  return all
    .filter(({ name }) => text !== '' && fits(name, text))
    .slice(0, 6)
    .map(({ key, name, dimension, value }): Hit => ({
      key,
      kind: dimensionName(dimension),
      label: name,
      choose: () => toggleFilter({ operator: 'is', dimension, values: [value] }),
    }));
}

/** Values of the range whose names have in them what is written. */
function useNamed(site: Site, text: string): Hit[] {
  const question = (dimension: string) =>
    about(site, view.value, {
      metrics: ['visitors'],
      dimensions: [dimension],
      limit: 300,
      compare: false,
    });
  const answers = [useAnswer(question(namedPlaces[0])), useAnswer(question(namedPlaces[1]))];
  return namedPlaces.flatMap((dimension, index) =>
    (answers[index]?.value?.results ?? [])
      .filter(
        ({ dimensions: [value = ''] }) => text !== '' && fits(valueName(dimension, value), text),
      )
      .slice(0, 4)
      .map((row) => hitOf(dimension, row)),
  );
}

const hitOf = (dimension: string, { dimensions: [value = ''], metrics: [visitors] }: Row): Hit => ({
  key: `${dimension} ${value}`,
  kind: dimensionName(dimension),
  label: valueName(dimension, value),
  hint: short(Number(visitors ?? 0)),
  choose: () => toggleFilter({ operator: 'is', dimension, values: [value] }),
});

/** Values of the range that have in them what is written. */
function useFound(site: Site, text: string): Hit[] {
  const question = (dimension: string) =>
    text === ''
      ? null
      : about(site, view.value, {
          metrics: ['visitors'],
          dimensions: [dimension],
          filters: [['contains', dimension, [text], { case_sensitive: false }]],
          limit: 4,
          compare: false,
        });
  // As many questions each time, in the same order.
  const answers = [
    useAnswer(question(places[0])),
    useAnswer(question(places[1])),
    useAnswer(question(places[2])),
    useAnswer(question(places[3])),
    useAnswer(question(places[4])),
    useAnswer(question(places[5])),
  ];
  return text === ''
    ? []
    : places.flatMap((dimension, index) =>
        (answers[index]?.value?.results ?? []).map((row) => hitOf(dimension, row)),
      );
}
