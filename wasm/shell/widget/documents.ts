// Views of documents.

import { type Change, type Tree, build, keepOpen, settle } from "./dom";
import type { Maker } from "./maker";

/** The day it is, since 1970 in UTC. */
export const today = (): number => Math.floor(Date.now() / 864e5);

/** Views of documents: as they are today, and anew tomorrow. */
export const documents: Maker = {
  options: (ready) => ({ live: ready.every(({ live }) => live), day: today() }),
  async make({ document }, _, { live, day }, chosen) {
    const { tree, ages, live: lively, text, stale, retry, order, summary } = document!;
    const now: Now = { tree: structuredClone(tree), text };
    let left = day as number;
    for (const [days, changes, said] of ages) {
      left -= days;
      if (left < 0) break;
      if (live) {
        change(now, ...lively);
        break;
      }
      change(now, changes, said);
    }
    const made = build(now.tree) as Element;
    return {
      text: now.text,
      stale,
      retry,
      said: (chosen && order) || now.text,
      summary,
      put(old) {
        keepOpen(old, made);
        const changes = !old?.isEqualNode(made);
        return [settle(old, made), changes];
      },
    };
  },
};

interface Now {
  readonly tree: Tree;
  text: string;
}

/**
 * Makes the changes in a tree, of which an element's children begin at index 2, and in
 * the text. None of them is of the tree's root.
 */
function change(now: Now, changes: readonly Change[], text?: string): void {
  for (const [op, path, what, value] of changes as readonly [string, number[], any, any][]) {
    const last = path.at(-1)! + 2;
    const at = path.slice(0, -1).reduce((node, step) => node[step + 2], now.tree as any);
    if (op === "attr") at[last][1][what] = value;
    else {
      if (op === "text") now.text = now.text.replace(at[last], () => what);
      at[last] = what;
    }
  }
  now.text = text ?? now.text;
}
