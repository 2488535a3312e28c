// A view document: a view that has been counted and written elsewhere, by package
// view, with what changes in it as it grows older.

import { Failure } from "../common/failure";
import type { Maker } from "./display";
import type { Change } from "./changes";
import { type Tree, build, keepOpen, settle } from "./dom";
import type { GcmSummary } from "./gcm-pledges";

export interface ViewDocument {
  /** Kind of the view. */
  readonly gcm_view: string;
  readonly lang: string;
  /** What is selected, by the names of the element's attributes. */
  readonly query: Readonly<Record<string, string>>;
  readonly tree: Tree;
  readonly text: string;
  /** What to say once the number is not current any more. */
  readonly stale: string;
  /** The words of the button beside that. */
  readonly retry: string;
  readonly size: string;
  /** The order of rows, and how that is said; nothing if there is only one. */
  readonly sort: string;
  readonly order?: string;
  /** What changes in the tree while all changes are heard at once, and the text then. */
  readonly live: readonly [readonly Change[], string];
  /**
   * What changes from a day on: so many days after the one before it, and the first
   * since 1970 in UTC. The text, too, where it isn't what becomes of it if the texts
   * that change are replaced in it.
   */
  readonly ages: readonly (readonly [days: number, changes: readonly Change[], text?: string])[];
  /** Address of the feed to count from, relative to the document. */
  readonly feed?: string;
  /** Seconds over which pages read it again after a change. */
  readonly spread?: number;
  readonly summary: GcmSummary;
}

/** Whether what begins like this is a view document. */
export const isDocument = (text: string): boolean => /^\s*\{\s*"gcm_view"/.test(text);

export function parseDocument(text: string): ViewDocument {
  try {
    const found: ViewDocument = JSON.parse(text);
    if (found.tree[0] && found.ages[0] && found.live[0] && found.summary.counts) return found;
  } catch {}
  throw new Failure("feed-syntax", "not a whole view document");
}

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
  tree: Tree;
  text: string;
}

/** Makes the changes in a tree, of which an element's children begin at index 2, and in the text. */
function change(now: Now, changes: readonly Change[], text?: string): void {
  const held: any = ["", {}, now.tree];
  for (const [op, path, ...what] of changes as readonly [string, any, ...any[]][]) {
    if (op === "root") held[2] = path;
    else {
      const steps = [0, ...path];
      const last = steps.pop()! + 2;
      const at = steps.reduce((node, step) => node[step + 2], held);
      if (op === "attr") at[last][1][what[0]] = what[1];
      else {
        if (op === "text") now.text = now.text.replace(at[last], () => what[0]);
        at[last] = what[0];
      }
    }
  }
  now.tree = held[2];
  now.text = text ?? now.text;
}
