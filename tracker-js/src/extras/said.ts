/**
 * Counts the event that an element's attributes name: `data-sporlos-event` its name,
 * `data-sporlos-amount` and `data-sporlos-currency` its revenue, any other `data-sporlos-…` a
 * property.
 *
 * @returns the name, if they name one
 */
export const said = ({ dataset = {} }: Partial<HTMLElement>) => {
  const { sporlosEvent, sporlosAmount: amount, sporlosCurrency: currency, ...others } = dataset;
  const props: Record<string, string> = {};
  for (const key in others) {
    if (/^sporlos./.test(key)) {
      props[key.slice(7).toLowerCase()] = others[key] + '';
    }
  }
  if (sporlosEvent) {
    window.sporlos?.(sporlosEvent, {
      props,
      ...(amount && currency && { revenue: { amount, currency } }),
    });
  }
  return sporlosEvent;
};
