// The one engine of the module: fetched once, compiled once, started again after
// a crash. All that happens beside the page, in a worker, or in the page where
// there can't be one. A failed step is forgotten, so that the next call tries it
// again. Which engine it is, the builder says: see env.d.ts.

import wasmExec from "wasm_exec";
import { asset } from "./asset";
import { Failure } from "./failure";
import { type Asked, type Said, attend, load, program } from "./program";
import { turn } from "./schedule";

/** What was compiled, for the next start. */
let compiled: WebAssembly.Module | undefined;
let starting: Promise<Engine> | undefined;
let running: Engine | undefined;

/** Milliseconds after which a worker that does not answer is given up. */
const PATIENCE = 10_000;

/** Whether there can't be a worker; where one has failed to start, none is tried again. */
let alone = false;
let trust: (url: string) => string;
let blob: string | undefined;

/**
 * The running engine, loaded from its address and started if need be; trusted makes
 * addresses of scripts what the page wants. Rejects with a Failure.
 */
export function loadEngine(address: string, trusted: typeof trust): Promise<Engine> {
  trust = trusted;
  return (starting ??= start(address));
}

/** Lets the engine forget a source ("drop") or a widget; nothing to do if there is none. */
export function forget(op: "drop" | "forget", id: string): void {
  running?.call(op, id).catch(() => {}); // it died of it, and forgot everything
}

/** Ends the engine once it runs, unless somebody needs it by then; what it has compiled stays. */
export function endEngine(needed: () => unknown): void {
  void starting?.then((engine) => needed() || engine.end()).catch(() => {});
}

async function start(address: string): Promise<Engine> {
  try {
    await turn(); // and what fails at once is forgotten, too
    check();
    let engine = new Engine(spawn());
    compiled = await engine.start(address, compiled).catch((error) => {
      if (!engine.worker) throw error;
      engine = new Engine(undefined);
      return engine.start(address, compiled).finally(() => (alone = !engine.dead));
    });
    return (running = engine);
  } catch (error) {
    starting = undefined;
    throw error;
  }
}

function check(): void {
  if (typeof WebAssembly !== "object" || !("adoptedStyleSheets" in Document.prototype)) {
    throw new Failure("unsupported", "unsupported");
  }
  try {
    // An empty module says whether the page's policy allows WebAssembly at all,
    // before a megabyte is fetched in vain. (WebKit objects to the instance only.)
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  } catch (error) {
    throw Failure.of(error, "engine-compile");
  }
}

/**
 * A worker that waits for its first call, if there can be one. From the site of
 * the page it is a file that is there already (see worker.ts), as a strict policy has it. From
 * another one a worker can't be started; but from a text that is in the page.
 */
function spawn(): Worker | undefined {
  if (alone) return undefined;
  try {
    let url = WORKER_FILE ? asset(WORKER_FILE, () => new URL(WORKER_FILE, import.meta.url)) : new URL(import.meta.url);
    if (url.origin !== origin) {
      url = new URL((blob ??= URL.createObjectURL(new Blob([`(${attend})(${program},${wasmExec},${load})`], { type: "text/javascript" }))));
    }
    return new Worker(trust(`${url}`), { type: "module", name: ENGINE_FILE });
  } catch {
    alone = true;
    return undefined;
  }
}

/** One run of the Go program. Once it is dead it stays dead; loadEngine starts another. */
export class Engine {
  /** Of what it died, if it did. */
  dead: Failure | undefined;
  /** The words that it has. */
  readonly words = new Set<string>();
  /** Those that wait for an answer, in the order in which they asked. */
  #waiting: [resolve: (said: Said) => void, reject: (failure: Failure) => void, id: string][] = [];
  #ask: (asked: Asked) => void;

  constructor(readonly worker: Worker | undefined) {
    const hear = (said: Said): void => {
      if (Array.isArray(said)) this.#die(...(said as Extract<Said, unknown[]>));
      else this.#waiting.shift()?.[0](said);
    };
    if (worker) {
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = (event) => {
        event.preventDefault(); // not the page's
        this.#die("engine-panic", event.message);
      };
      this.#ask = (asked) => worker.postMessage(asked, asked[2] instanceof Uint8Array ? [asked[2].buffer] : []);
    } else this.#ask = program(wasmExec, hear, load);
  }

  /** Starts it, from what an earlier start has returned if there was one. */
  async start(address: string, compiled: WebAssembly.Module | undefined): Promise<WebAssembly.Module> {
    if (this.worker) {
      const timer = setTimeout(() => this.end(), PATIENCE);
      const over = (): void => clearTimeout(timer);
      this.#waiting.push([over, over, ""]); // its first word is that it is there
    }
    return (await this.#said(["", address, compiled ?? ""])) as WebAssembly.Module;
  }

  /**
   * One call into Go; what follows the operation is the engine's business. Calls
   * are answered in their order; bytes are given away. Rejects with a Failure
   * with the code of the answer; if Go panicked or ended, the engine is dead, as
   * its memory can't be trusted.
   */
  async call<Answer = object>(op: string, id: string, arg: string | Uint8Array = ""): Promise<Answer> {
    const said = await this.#said([op, id, arg]);
    let answer;
    try {
      answer = JSON.parse(said as string);
    } catch (error) {
      throw this.#die("engine-panic", error, id);
    }
    const error = answer.error;
    // An engine that has lost a source is as broken as one that panicked.
    if (/^(engine-panic|source)$/.test(error?.code)) throw this.#die("engine-panic", error.message, id);
    if (error) throw new Failure(error.code, error.message);
    return answer;
  }

  /** Ends it, if it has not ended. */
  end(): void {
    this.#die("engine-exit", "");
  }

  #said(asked: Asked): Promise<Said> {
    return new Promise((resolve, reject) => {
      if (this.dead) throw this.dead;
      this.#waiting.push([resolve, reject, asked[0] && asked[1]]);
      this.#ask(asked);
    });
  }

  #die(code: Extract<Said, unknown[]>[0], why: unknown, culprit?: string): Failure {
    if (!this.dead) {
      // It answers in order, so it was at work for the first.
      this.dead = new Failure(code, String(why), 0, culprit ?? this.#waiting[0]?.[2]);
      this.worker?.terminate();
      if (running === this) starting = running = undefined;
      for (const [, reject] of this.#waiting) reject(this.dead);
    }
    return this.dead;
  }
}
