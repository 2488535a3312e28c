/**
 * Types of gcm-pledge-form.js. The shell's own sources import them too, so they
 * cannot drift apart from what the element does. The codes of `gcm-error` are
 * those of gcm-pledges.d.ts that aren't about feeds.
 */

import type { GcmErrorDetail } from "../widget/gcm-pledges";

/** The JSON of a pledge, as the README of gcmkit’s package pledge describes it. */
export type GcmPledge = Readonly<Record<string, unknown>>;

/** A rule that the pledge breaks in one place. */
export interface GcmPledgeProblem {
  /** JSON pointer of the value: "/pledgers/0/name"; "" for the pledge itself. */
  readonly path: string;
  /** Code of the rule, which does not change: "length-min". */
  readonly rule: string;
  /** What the rule is given or has found: "300". */
  readonly param?: string;
  /** An error stands in the way; of a warning somebody should know. */
  readonly severity: "error" | "warning";
  /** For people, in the form's language. */
  readonly message: string;
}

/** The pledging initiative's own criteria, as far as a program can see them met. */
export type GcmCriterion = "linked" | "time-bound" | "in-partnership" | "resourced" | "scope-stated";

/** Detail of `gcm-submit`: sent if there is no error. */
export interface GcmPledgeSubmitDetail {
  /** The pledge. It has an id, a version 7 UUID, and the instant of submitting. */
  readonly pledge: GcmPledge;
  /** The same as text, as Go writes it. */
  readonly json: string;
  readonly warnings: readonly GcmPledgeProblem[];
  readonly criteria: readonly GcmCriterion[];
}

/** Detail of `gcm-problems`: sent instead of `gcm-submit` if there are errors. */
export interface GcmPledgeProblemsDetail {
  readonly problems: readonly GcmPledgeProblem[];
  readonly criteria: readonly GcmCriterion[];
}

/**
 * `<gcm-pledge-form>`: a form for one pledge to the Global Compact for
 * Migration, checked by the rules of the Go package pledge.
 *
 * It sends nothing anywhere: what was entered leaves it in the event
 * `gcm-submit`, and what becomes of it is the page's business. What stands
 * between its tags is shown until the form is ready, and if it can't be.
 *
 * Attributes: `lang`, one of the six languages, by default that of the text
 * around it; `draft`, the name of a draft in localStorage. Without `draft`
 * nothing is kept.
 */
export declare class GcmPledgeFormElement extends HTMLElement {
  static readonly observedAttributes: string[];
  /** Registers the element; does nothing if the name is taken. */
  static define(tag?: string, registry?: CustomElementRegistry): void;

  /** Name of the draft that is kept in localStorage; null keeps none. */
  get draft(): string | null;
  set draft(name: string | null);
  /**
   * What is entered, as the JSON of a pledge. Assigning fills in the form; what
   * it has no field for, such as id and ref, is kept.
   */
  get value(): GcmPledge;
  set value(pledge: GcmPledge);
  /** Empties the form, and forgets the draft. The visitor can undo it. */
  reset(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "gcm-pledge-form": GcmPledgeFormElement;
  }
  // The events bubble out of shadow roots, so they can be heard anywhere. An
  // error has no source here: it is "".
  interface GlobalEventHandlersEventMap {
    /** Cancelable: a page that prevents the default keeps the draft. */
    "gcm-submit": CustomEvent<GcmPledgeSubmitDetail>;
    "gcm-problems": CustomEvent<GcmPledgeProblemsDetail>;
    "gcm-error": CustomEvent<GcmErrorDetail>;
  }
}
