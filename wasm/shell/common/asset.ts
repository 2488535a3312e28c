// Where the files are that the modules ask for. They lie beside the module; a
// bundler that sees the name of a file beside import.meta.url carries it along, and
// one that doesn't leaves it to the page to say where they are (see assets.js).

/** The page's own word for it, which both elements and assets.js know. */
const told = Symbol.for("gcm-pledges.assets");

/** The address of a file: below the base that the page has set, or beside the module. */
export const asset = (name: string, beside: () => URL): URL => {
  const base = (globalThis as Record<symbol, string | undefined>)[told];
  return base ? new URL(name, base) : beside();
};
