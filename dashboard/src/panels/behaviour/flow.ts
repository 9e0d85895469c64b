import type { PathNode, PathsReport } from '../../api/reports';

/** A page at so many steps before or after the one that is looked at. */
export interface FlowNode {
  id: string;
  /** A path, `(entry)`, `(exit)` or `(other)`. */
  page: string;
  /** 0 for the page that is looked at, less for what comes before. */
  step: number;
  visits: number;
}

/** Visits that went from one to the next. */
export interface FlowLink {
  source: string;
  target: string;
  value: number;
}

export interface Flow {
  nodes: FlowNode[];
  links: FlowLink[];
}

export const OTHER = '(other)';

/** Whether it stands for a page rather than for a beginning, an end, or several pages. */
export const isPage = (page: string): boolean => !['(entry)', '(exit)', OTHER].includes(page);

/**
 * Streams of visits to a page and from there: at each step pages of one name are one, and all but
 * the most frequent are added up.
 *
 * @param widest how many pages a step tells apart
 */
export function flowOf({ page, visits, before, after }: PathsReport, widest: number): Flow {
  const root = { id: idOf(0, page), page, step: 0, visits };
  const sides = [follow(root.id, before, -1, widest), follow(root.id, after, 1, widest)];
  return {
    nodes: [root, ...sides.flatMap(({ nodes }) => nodes)],
    links: sides.flatMap(({ links }) => links),
  };
}

const idOf = (step: number, page: string) => `${step} ${page}`;

function follow(root: string, first: PathNode[], direction: -1 | 1, widest: number): Flow {
  const flow: Flow = { nodes: [], links: [] };
  let level = first.map((node) => ({ node, from: root }));
  for (let step = direction; level.length > 0; step += direction) {
    const kept = mostVisited(
      level.map(({ node }) => node),
      widest,
    );
    const nodes = new Map<string, FlowNode>();
    const links = new Map<string, FlowLink>();
    for (const { node, from } of level) {
      const page = isPage(node.page) && !kept.has(node.page) ? OTHER : node.page;
      const id = idOf(step, page);
      const [source, target] = direction === 1 ? [from, id] : [id, from];
      add(nodes, id, { id, page, step, visits: 0 }).visits += node.visits;
      add(links, `${source}\n${target}`, { source, target, value: 0 }).value += node.visits;
    }
    flow.nodes.push(...nodes.values());
    flow.links.push(...links.values());
    level = level
      .filter(({ node }) => kept.has(node.page))
      .flatMap(({ node }) =>
        (node.next ?? []).map((next) => ({ node: next, from: idOf(step, node.page) })),
      );
  }
  return flow;
}

function add<T>(all: Map<string, T>, key: string, fresh: T): T {
  const there = all.get(key) ?? fresh;
  all.set(key, there);
  return there;
}

function mostVisited(nodes: PathNode[], widest: number): Set<string> {
  const visits = new Map<string, number>();
  nodes
    .filter(({ page }) => isPage(page))
    .forEach((node) => visits.set(node.page, (visits.get(node.page) ?? 0) + node.visits));
  const sorted = [...visits].sort(([, one], [, other]) => other - one);
  return new Set(sorted.slice(0, widest).map(([page]) => page));
}

/** Pages one after the other, before or after the one that is looked at. */
export interface Way {
  side: 'before' | 'after';
  /** In the order in which they were viewed. */
  pages: string[];
  visits: number;
}

/** All ways of a report, each as far as it goes and with the shorter ones that it begins with; the most frequent first. */
export const waysOf = ({ before, after }: PathsReport): Way[] =>
  [...waysFrom('before', before, []), ...waysFrom('after', after, [])].sort(
    (one, other) => other.visits - one.visits,
  );

function waysFrom(side: Way['side'], nodes: PathNode[], until: string[]): Way[] {
  return nodes.flatMap(({ page, visits, next }) => {
    const pages = side === 'before' ? [page, ...until] : [...until, page];
    return [{ side, pages, visits }, ...waysFrom(side, next ?? [], pages)];
  });
}
