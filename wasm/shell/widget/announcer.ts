// What a screen reader says by itself: politely, and not again and again.

import { createElement, isHidden } from "../common/page";

/** Milliseconds between two announcements. What the reader has asked for does not wait for them. */
const PAUSE = 10_000;

/** Milliseconds that a region has to be there before a change of its text is one. */
const NOTICED = 100;

export class Announcer {
  /** The live region; on the page only once there has been something to say. */
  readonly region = createElement("p");
  #next = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.region.setAttribute("role", "status");
  }

  /** Says the text soon, unless another one comes before that. The region is put into the parent. */
  say(text: string, asked: boolean, parent: ParentNode): void {
    if (this.region.parentNode !== parent) parent.append(this.region);
    this.#next = text;
    if (asked) this.hush();
    this.#timer ??= setTimeout(this.#speak, NOTICED);
  }

  /** Says nothing any more. */
  hush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nobody listens to a hidden page; and who reads on it should not find the number twice for long. */
  #speak = (): void => {
    const text = isHidden() ? "" : this.#next;
    this.#next = "";
    this.region.textContent = text;
    this.#timer = text ? setTimeout(this.#speak, PAUSE) : undefined;
  };
}
