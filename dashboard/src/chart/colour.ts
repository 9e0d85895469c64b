/** A colour of the stylesheet as a canvas takes it: resolved for the look that the page has now. */
export function colour(name: string, within: Element): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  within.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}
