// The look of the views: gcm-pledges.css, which lies beside the module. A page
// that a server has rendered links the same file. The form brings its own.

import { viewOf } from "./page";

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
    if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  }
}

export const look = /* @__PURE__ */ new Look();

let loading: Promise<void> | undefined;

/** Fetches the rules, once. Never rejects: a view without them is plain, and as true. */
export function loadLook(): Promise<void> {
  return (loading ??= load().catch(() => {
    loading = undefined;
  }));
}

async function load(): Promise<void> {
  const response = await fetch(new URL("gcm-pledges.css", import.meta.url));
  if (!response.ok) throw response;
  look.text = await response.text();
}
