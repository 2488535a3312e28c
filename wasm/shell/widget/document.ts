// A view document: a view that has been counted and written elsewhere, by package
// view, with what changes in it as it grows older.

import { Failure } from "../common/failure";
import type { Change, Tree } from "./dom";
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
  readonly sort?: string;
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
  throw new Failure("feed-syntax", "not a view document");
}
