// What the engine changes in a view that is on the page.

import { type Change, build, keepOpen, set } from "./dom";

/**
 * Applies the changes in order and returns the view's root element. That is the
 * one from before unless "root" brings another one, which may be made already. Throws if a path leads
 * nowhere: somebody else (a page translator, a script) has changed the view
 * meanwhile.
 */
export function apply(root: Element | null | undefined, changes: readonly Change[], made?: Element): Element {
  for (const change of changes) {
    if (change[0] === "root") {
      const next = made ?? (build(change[1]) as Element);
      keepOpen(root, next);
      root?.replaceWith(next);
      root = next;
      continue;
    }
    const node = find(root, change[1]);
    if (change[0] === "text" && node instanceof Text) node.data = change[2];
    else if (change[0] === "attr" && node instanceof Element) set(node, change[2], change[3]);
    else if (change[0] === "node" && node !== root) {
      (node as ChildNode).replaceWith(build(change[2], node.parentNode instanceof SVGElement));
    } else throw TypeError();
  }
  if (!root) throw TypeError();
  return root;
}

function find(root: Node | null | undefined, path: readonly number[]): Node {
  for (const index of path) root = root?.childNodes[index];
  if (!root) throw TypeError();
  return root;
}
