/** What stands in for the snippet in a package: `init` fills in what one would say. */
export const script = { src: '', dataset: {} } as HTMLScriptElement;

/** What `init` was told, by the names of the snippet's attributes. */
export const settings = script.dataset as Record<string, string | undefined>;
