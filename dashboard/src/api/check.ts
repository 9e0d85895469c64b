import { request } from './request';
import { pathOf } from './site';

/** What keeps a page from being counted. */
export interface Finding {
  /** By which a program knows it. */
  code: string;
  /** In English, as is what can be done. */
  detail: string;
  remedy: string;
}

/** Has the server look at a page of the site; empty if nothing is wrong. */
export async function checkPage(site: string, url: string): Promise<Finding[]> {
  const said = await request(`${pathOf(site)}/check`, { method: 'POST', body: { url } });
  return (said as { findings: Finding[] }).findings;
}
