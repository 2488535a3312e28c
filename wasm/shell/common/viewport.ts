// One observer for all elements of the page.

/** How far ahead of the viewport an element starts to load. */
const MARGIN = "600px";

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/**
 * Calls near once, when the element comes near the viewport. That is never seen
 * of one that has no box of its own, is in another document, or where nothing can
 * be observed: those are near.
 */
export function observe(element: Element, near: () => void): void {
  waiting.set(element, near);
  const unseen = !globalThis.IntersectionObserver || element.ownerDocument !== document;
  if (unseen || getComputedStyle(element).display === "contents") return come(element);
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) come(target);
      }
    },
    { rootMargin: MARGIN },
  );
  observer.observe(element);
}

function come(element: Element): void {
  const near = waiting.get(element);
  unobserve(element);
  near?.();
}

export function unobserve(element: Element): void {
  if (waiting.delete(element)) observer?.unobserve(element);
}
