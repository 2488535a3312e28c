// In which language an element speaks.

const watched = new Map<Element, () => void>();
let observer: MutationObserver | undefined;

/** The language of the text around the element, through shadow roots; "en" if none is stated. */
export function language(element: Element): string {
  const near = element.closest("[lang]");
  if (near) return near.getAttribute("lang") || "en";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? language(root.host) : "en";
}

/** Calls when an attribute lang changes that may be the element's, until it is forgotten. */
export function watch(element: Element, change: () => void): void {
  observer ??= new MutationObserver(() => {
    for (const call of watched.values()) call();
  });
  watched.set(element, change);
  for (let root = element.getRootNode(); ; root = (root as ShadowRoot).host.getRootNode()) {
    observer.observe(root, { attributes: true, attributeFilter: ["lang"], subtree: true });
    if (!(root instanceof ShadowRoot)) return;
  }
}

export function unwatch(element: Element): void {
  watched.delete(element);
  if (!watched.size) observer?.disconnect();
}
