import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type Answer, useLasting } from '../api/useAnswer';
import { openDetails } from '../state/details';
import { chooseTab, view } from '../state/view';
import { t } from '../text';
import { IconButton } from '../ui/Button';
import { FailureNotice } from '../ui/Notice';
import { Skeleton, Slow } from '../ui/Skeleton';
import { Tabs } from '../ui/Tabs';

/** One of the things that a panel can show. */
export interface PanelTab {
  id: string;
  label: string;
  /** Tabs of one group share a place in the row, and are told apart by a second one. */
  group?: string;
}

interface Props {
  /** By which the address names it. */
  id: string;
  title: string;
  /** The first is shown unless another is chosen. */
  tabs?: PanelTab[];
  /** Buttons at its upper right. */
  actions?: ComponentChildren;
  /** Whether it has details, which are then a part of the page's address. */
  detailed?: boolean;
  class?: string;
  children: ComponentChildren;
}

/** The tab of a panel that is chosen, by its id. */
export const chosenTab = <T extends PanelTab>(panel: string, tabs: T[]): T | undefined =>
  tabs.find(({ id }) => id === view.value.tabs[panel]) ?? tabs[0];

/** A part of a site's page: a frame with a title, tabs, and what is chosen of them. */
export function Panel(props: Props) {
  const { id, title, tabs = [], actions, detailed = false, children, class: more = '' } = props;
  const content = useId();
  const heading = useId();
  const chosen = chosenTab(id, tabs);
  const choose = (tab: string) => chooseTab(id, tab);
  const inGroup = tabs.filter(({ group }) => group !== undefined && group === chosen?.group);
  return (
    <section class={`panel ${more}`} aria-labelledby={heading} data-panel={id}>
      <header>
        <h2 id={heading}>{title}</h2>
        {tabs.length > 1 && (
          <Tabs
            label={title}
            tabs={heads(tabs, chosen)}
            chosen={chosen?.id ?? ''}
            choose={choose}
            controls={content}
          />
        )}
        {actions}
        {detailed && (
          <IconButton
            class="small details"
            icon="expand"
            label={t().panels.details(title)}
            onClick={() => openDetails(id)}
          />
        )}
      </header>
      {inGroup.length > 1 && (
        <Tabs
          label={chosen?.group ?? title}
          tabs={inGroup}
          chosen={chosen?.id ?? ''}
          choose={choose}
          controls={content}
          minor
        />
      )}
      <div id={content} class="content" {...(tabs.length > 1 ? { role: 'tabpanel' } : {})}>
        {children}
      </div>
    </section>
  );
}

/** The tabs of the first row: of a group the one that is chosen, else the first, by the group's name. */
function heads(tabs: PanelTab[], chosen: PanelTab | undefined): PanelTab[] {
  return tabs
    .filter(({ id, group }) => {
      const first = tabs.find((one) => one.group === group);
      const head = chosen?.group === group ? chosen : first;
      return group === undefined || head?.id === id;
    })
    .map((tab) => ({ ...tab, label: tab.group ?? tab.label }));
}

interface StateProps<T> {
  answer: Answer<T>;
  /** How many lines it is going to have, so that nothing jumps. */
  rows: number;
  children: (value: T) => ComponentChildren;
}

/** What is known, or why it is not: shows lines while it is asked for, and what failed. */
export function Answered<T>({ answer, rows, children }: StateProps<T>) {
  const dim = useLasting(answer.outdated && answer.asking, 150);
  if (answer.failure && (answer.value === undefined || answer.outdated)) {
    return <FailureNotice failure={answer.failure} retry={answer.again} />;
  }
  if (answer.value === undefined) {
    return (
      <>
        <Skeleton rows={rows} />
        <Slow asking={answer.asking} />
      </>
    );
  }
  return (
    <div class={dim ? 'answer dim' : 'answer'} aria-busy={answer.asking && answer.outdated}>
      {children(answer.value)}
      <Slow asking={answer.asking && answer.outdated} />
    </div>
  );
}
