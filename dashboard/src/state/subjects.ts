import { type Segment, segments } from '../api/site';
import { useAnswer } from '../api/useAnswer';
import type { Filter } from './filter';
import { view } from './view';

/** Says whether the filters that hold ask about a dimension. */
export type Subjects = (dimension: string) => boolean;

/** What filters ask about, by themselves or through segments; one that is not known may ask about anything. */
export const subjectsOf =
  (filters: Filter[], known: Segment[]): Subjects =>
  (dimension) =>
    filters.some((filter) =>
      isSegment(filter)
        ? filter.values.some((value) => {
            const segment = known.find(({ id }) => String(id) === value);
            return !segment || segment.filters.flat(Infinity).includes(dimension);
          })
        : filter.dimension === dimension,
    );

/** What the filters of the view ask about. */
export function useSubjects(site: string): Subjects {
  const { filters } = view.value;
  const known = useAnswer(filters.some(isSegment) ? segments(site) : null).value ?? [];
  return subjectsOf(filters, known);
}

const isSegment = ({ dimension }: Filter) => dimension === 'segment';
