// The names of elements.

/**
 * Registers an element, unless the name is taken. A class has one name only, so
 * under each other name there is a class of its own below it.
 */
export function define(element: CustomElementConstructor, tag: string, registry: CustomElementRegistry): void {
  if (registry.get(tag)) return;
  try {
    registry.define(tag, element);
  } catch {
    registry.define(tag, class extends element {});
  }
}
