// What the module uses of the page's document. A page can put an element in the
// place of every member of document: <img name=createElement>. These are the
// browser's own, whatever a page has named. (window has no such gap: there an
// element never hides what the browser has.)

const { prototype } = globalThis.Document ?? { prototype: {} as Document };

/** The browser's own member of a document. */
function own<Name extends keyof Document>(name: Name, of = document): Document[Name] {
  const member = Reflect.get(prototype, name, of);
  return typeof member === "function" ? member.bind(of) : member;
}

export function createElement<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag];
export function createElement(tag: string): HTMLElement;
export function createElement(tag: string): HTMLElement {
  return Reflect.apply(prototype.createElement, document, [tag]);
}

export function createSVG(tag: string): Element {
  return Reflect.apply(prototype.createElementNS, document, ["http://www.w3.org/2000/svg", tag]);
}

export const isHidden = (): boolean => own("hidden");

export const baseURI = (): string => own("baseURI");

/** The window in which a document is seen; null if it isn't. */
export const windowOf = (of: Document): (Window & typeof globalThis) | null => own("defaultView", of);

/** All elements of the page that a selector matches. */
export const all = <Found extends Element>(selector: string): NodeListOf<Found> => own("querySelectorAll")<Found>(selector);

/** Calls when the page is hidden, or seen again, until that is no longer wanted. */
export function onVisibility(call: () => void, wanted = true): void {
  own(wanted ? "addEventListener" : "removeEventListener")("visibilitychange", call);
}
