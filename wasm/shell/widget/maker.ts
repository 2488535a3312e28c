// What makes views: out of documents, or with the engine, which is another module.

import type { Engine } from "../common/engine";
import type { Failure } from "../common/failure";
import type { ViewDocument } from "./document";
import type { GcmSummary } from "./gcm-pledges";
import type { Later } from "./later";

/** A view that is made, and what there is to say of it. */
export interface Made {
  readonly text: string;
  /** What to say once the number is not current any more. */
  readonly stale: string;
  /** The words of the button beside that. */
  readonly retry: string;
  /** What to say of a change of the number, or of the order. */
  readonly said: string;
  readonly summary: GcmSummary;
  /** Why it is in English and not in its language, if it is. */
  readonly unspoken?: Failure | undefined;
  /** Puts it in the place of the old one; returns what is there then, and whether anything is another one. */
  put(old: Element | null | undefined): [view: Element, changed: boolean];
  /** Shows it in parts, if it is new on the page and may be large. */
  unfold?(view: Element): Promise<void>;
}

/** What a view is made of. */
interface Read {
  readonly document?: ViewDocument;
  readonly engine?: Engine;
  /** When it was read, RFC 3339. */
  readonly at: string;
}

/** Where that is from. */
interface Origin {
  /** Name in the engine. */
  readonly id: string;
  /** Whether all that changes is heard at once. */
  readonly live: boolean;
  readonly reading: Read | undefined;
}

export interface Maker {
  /** What a view depends on beside the readings and the element's attributes. Throws a Failure if one of those is misspelt. */
  options(ready: readonly Origin[], missing: number, host: HTMLElement): Record<string, unknown>;
  /** Makes the view for a widget with this name; whether the reader has chosen something for it; and how a further module is loaded. */
  make(reading: Read, id: string, options: Record<string, unknown>, chosen: boolean, later: typeof Later): Promise<Made>;
}
