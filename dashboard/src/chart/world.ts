import { geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Feature } from 'geojson';
import { iso31661NumericToAlpha2 } from 'iso-3166';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import file from 'world-atlas/countries-110m.json?url';

/** A country as it is drawn. */
export interface Country {
  /** Of ISO 3166-1; empty for land that has none. */
  code: string;
  /** The path of its outline. */
  outline: string;
}

/** The room that the map is drawn in, which is then made to fit. */
export const mapSize = { width: 960, height: 440 };

/** All lands as they are drawn, without the Antarctic, where nobody visits anything from. */
export async function readWorld(): Promise<Country[]> {
  const answer = await fetch(file);
  if (!answer.ok) {
    throw new Error(`the map was not answered: ${answer.status}`);
  }
  const atlas = (await answer.json()) as Topology<{ countries: GeometryCollection }>;
  const shapes: Feature[] = feature(atlas, atlas.objects.countries).features.filter(
    ({ id }) => id !== '010',
  );
  const projection = geoNaturalEarth1().fitSize([mapSize.width, mapSize.height], {
    type: 'FeatureCollection',
    features: shapes,
  });
  const path = geoPath(projection).digits(1);
  return shapes.map((shape) => ({
    // The atlas knows countries by number.
    code: iso31661NumericToAlpha2[String(shape.id)] ?? '',
    outline: path(shape) ?? '',
  }));
}
