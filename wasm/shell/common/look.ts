// The look of the views, which lies beside the module: gcm-pledges.css, which a page
// that a server has rendered links, too; what of it a counter of the standard size needs, which is
// most of what pages show; and what a dashboard needs beside it. The form brings its own.

import { asset } from "./asset";
import { viewOf } from "./page";

/** All sheets of views: a view has one of them. */
const views = new WeakSet<CSSStyleSheet>();

/** Rules as style sheets: a document can adopt only one that was made in it. */
export class Look {
  /** What there is of the rules; empty until they have come. */
  text = "";
  readonly #sheets = new WeakMap<Document, CSSStyleSheet>();

  /**
   * Has the shadow root adopt the rules, where they are not adopted already, as
   * after a move between documents. A document that nobody sees has none.
   */
  dress(shadow: ShadowRoot): void {
    const view = viewOf(shadow.ownerDocument);
    if (!view) return;
    let sheet = this.#sheets.get(shadow.ownerDocument);
    if (!sheet) this.#sheets.set(shadow.ownerDocument, (sheet = new view.CSSStyleSheet()));
    if (!sheet.cssRules.length) sheet.replaceSync(this.text);
    views.add(sheet);
    if (shadow.adoptedStyleSheets.includes(sheet)) return;
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets.filter((other) => !views.has(other)), sheet];
  }
}

const files = [
  () => asset("gcm-pledges.css", () => new URL("gcm-pledges.css", import.meta.url)),
  () => asset("gcm-pledges-counter.css", () => new URL("gcm-pledges-counter.css", import.meta.url)),
  () => asset("gcm-pledges-dashboard.css", () => new URL("gcm-pledges-dashboard.css", import.meta.url)),
  // All of it, where a dev server or a bundler makes a script of a style sheet.
  () => asset("gcm-pledges.css.txt", () => new URL("gcm-pledges.css.txt", import.meta.url)),
];
const looks: Look[] = [];
const loading: (Promise<Look> | undefined)[] = [];

/** The rules for any view (0), a counter (1) or a dashboard (2), fetched once. Never rejects: a view without them is plain, and as true. */
export function loadLook(which: 0 | 1 | 2): Promise<Look> {
  const look = (looks[which] ??= new Look());
  return (loading[which] ??= load(files[which]!(), files[3]!()).then(
    (text) => {
      look.text = text;
      return look;
    },
    () => {
      loading[which] = undefined;
      return look;
    },
  ));
}

async function load(...urls: URL[]): Promise<string> {
  for (const url of urls) {
    const text = await (await fetch(url)).text();
    if (text.startsWith(":host")) return text;
  }
  throw 0;
}
