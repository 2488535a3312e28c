// One observer for all widgets of the page.

/** How far ahead of the viewport a widget starts to load. */
const MARGIN = "600px";

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls near once, when the element comes near the viewport. */
export function observe(element: Element, near: () => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const near = isIntersecting && waiting.get(target);
        if (near) {
          unobserve(target);
          near();
        }
      }
    },
    { rootMargin: MARGIN },
  );
  waiting.set(element, near);
  observer.observe(element);
}

export function unobserve(element: Element): void {
  if (waiting.delete(element)) observer?.unobserve(element);
}
