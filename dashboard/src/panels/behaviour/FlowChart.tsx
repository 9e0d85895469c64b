import { useSignal } from '@preact/signals';
import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { useMemo } from 'preact/hooks';
import { short } from '../../text/format';
import { useWidth } from '../../ui/useWidth';
import { type Flow, type FlowLink, type FlowNode, isPage } from './flow';
import { words } from './text';

interface Props {
  flow: Flow;
  /** What is drawn, for those who do not see it. */
  label: string;
  /** Called with the page that is clicked on. */
  open: (page: string) => void;
}

const nodeWidth = 8;
/** The least room that a step has beside its name. */
const stepWidth = 160;
/** The same beside the last, whose name has no streams to stand on. */
const lastWidth = 172;
const rowHeight = 34;
const longest = 20;

/** Visits as streams from page to page. */
export function FlowChart({ flow, label, open }: Props) {
  const [box, measured] = useWidth<HTMLDivElement>();
  const over = useSignal<string | null>(null);
  const steps = new Set(flow.nodes.map(({ step }) => step)).size;
  const width = Math.max(measured, steps * stepWidth);
  const { nodes, links, height } = useMemo(() => layOut(flow, width), [flow, width]);
  const line = sankeyLinkHorizontal<FlowNode, FlowLink>();
  const touches = ({ source, target }: { source: unknown; target: unknown }) =>
    [source, target].some((end) => (end as FlowNode).id === over.value);
  return (
    <div class="flow" ref={box} tabIndex={0} role="group" aria-label={label}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={label}
        onPointerLeave={() => (over.value = null)}
      >
        {links.map((link) => (
          <path
            key={`${(link.source as FlowNode).id}\n${(link.target as FlowNode).id}`}
            class={touches(link) ? 'stream over' : 'stream'}
            d={line(link) ?? ''}
            style={{ strokeWidth: Math.max(1, link.width ?? 0) }}
          />
        ))}
        {nodes.map(({ id, page, step, visits, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => (
          <g
            key={id}
            class={isPage(page) && step !== 0 ? 'stop opens' : 'stop'}
            onPointerEnter={() => (over.value = id)}
            onClick={() => isPage(page) && step !== 0 && open(page)}
          >
            <title>{`${nameOf(page)}: ${short(visits)}`}</title>
            <rect
              class={isPage(page) ? '' : 'end'}
              x={x0}
              y={y0}
              width={x1 - x0}
              height={Math.max(2, y1 - y0)}
              rx={2}
            />
            <text x={x1 + 7} y={(y0 + y1) / 2} dy="0.34em">
              {cut(nameOf(page))}
              <tspan class="visits" dx={6}>
                {short(visits)}
              </tspan>
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** What a page is called, or what stands in its place. */
export function nameOf(page: string): string {
  const said = words().paths;
  switch (page) {
    case '(entry)':
      return said.entry;
    case '(exit)':
      return said.exit;
    case '(other)':
      return said.other;
    default:
      return page;
  }
}

/** The end of a path tells it from its neighbours. */
const cut = (name: string): string =>
  name.length > longest ? `…${name.slice(1 - longest)}` : name;

/** Where everything stands: pages in the order of their visits, ends beneath them. */
function layOut({ nodes, links }: Flow, width: number) {
  const first = Math.min(...nodes.map(({ step }) => step));
  const most = Math.max(
    ...nodes.map(({ step }) => nodes.filter((node) => node.step === step).length),
  );
  const height = Math.max(220, most * rowHeight);
  const layout = sankey<FlowNode, FlowLink>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ step }) => step - first)
    .nodeSort((one, other) => rank(one) - rank(other) || other.visits - one.visits)
    .nodeWidth(nodeWidth)
    .nodePadding(17)
    .extent([
      [1, 10],
      [width - lastWidth, height - 10],
    ]);
  const graph = layout({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link })),
  });
  // Streams reach a node in the order in which they come, so that none crosses another in vain.
  for (const { sourceLinks, targetLinks } of graph.nodes) {
    sourceLinks?.sort((one, other) => topOf(one.target) - topOf(other.target));
    targetLinks?.sort((one, other) => topOf(one.source) - topOf(other.source));
  }
  return { ...layout.update(graph), height };
}

const topOf = (end: unknown): number => (end as { y0?: number }).y0 ?? 0;

const rank = ({ page }: FlowNode): number => (isPage(page) ? 0 : page === '(other)' ? 1 : 2);
