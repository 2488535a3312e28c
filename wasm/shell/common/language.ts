// In which language an element speaks.

/** The language of the text around the element, through shadow roots; "en" if none is stated. */
export function language(element: Element): string {
  const near = element.closest("[lang]");
  if (near) return near.getAttribute("lang") || "en";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? language(root.host) : "en";
}

/** Calls when an attribute lang changes that may be the element's, until it is disconnected. */
export function watch(element: Element, change: () => void): MutationObserver {
  const observer = new MutationObserver(change);
  for (const root of [element.getRootNode(), element.ownerDocument]) {
    observer.observe(root, { attributeFilter: ["lang"], subtree: true });
  }
  return observer;
}
