// In which language an element speaks.

/** The language of the text around the element, through shadow roots; "en" if none is stated. */
export function language(element: Element): string {
  const near = element.closest("[lang]");
  if (near) return near.getAttribute("lang") || "en";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? language(root.host) : "en";
}
