// What the module uses of the page's document. A page can put an element in the
// place of every member of document: <img name=createElement>. These are the
// browser's own, whatever a page has named. (window has no such gap: there an
// element never hides what the browser has.)

const { prototype } = globalThis.Document ?? { prototype: {} as Document };

/** The browser's own property of a document. */
function own<Name extends "baseURI" | "defaultView" | "hidden">(name: Name, of = document): Document[Name] {
  return Reflect.get(prototype, name, of);
}

export function createElement<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag];
export function createElement(tag: string): HTMLElement;
export function createElement(tag: string): HTMLElement {
  return Reflect.apply(prototype.createElement, document, [tag]);
}

export function createSVG(tag: string): Element {
  return Reflect.apply(prototype.createElementNS, document, ["http://www.w3.org/2000/svg", tag]);
}

/** All elements of the page that a selector matches. */
export function all<Found extends Element>(selector: string): NodeListOf<Found> {
  return Reflect.apply(prototype.querySelectorAll, document, [selector]) as NodeListOf<Found>;
}

export const isHidden = (): boolean => own("hidden");

export const baseURI = (): string => own("baseURI");

/** The window in which a document is seen; null if it isn't. */
export const viewOf = (of: Document): (Window & typeof globalThis) | null => own("defaultView", of);
