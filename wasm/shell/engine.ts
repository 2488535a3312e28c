// The one engine of the module: fetched once, compiled once, started again after
// a crash. A failed step is forgotten, so that the next call tries it again.
// Which engine it is, the builder says: see env.d.ts.

import wasmExec from "wasm_exec";
import { Failure } from "./failure";

let module: Promise<WebAssembly.Module> | undefined;
let starting: Promise<Engine> | undefined;
let running: Engine | undefined;
/** Whether what came for the engine was of no use; then a cache must not give it again. */
let spoilt = false;

/** The running engine, loaded and started if need be. Rejects with a Failure. */
export function loadEngine(): Promise<Engine> {
  return (starting ??= start().catch((error) => {
    starting = undefined;
    throw error;
  }));
}

/** Lets the engine forget a source ("drop") or a widget; nothing to do if there is none. */
export function forget(op: "drop" | "forget", id: string): void {
  try {
    running?.call(op, id);
  } catch {} // it died of it, and forgot everything
}

async function start(): Promise<Engine> {
  const compiled = await (module ??= compile().catch((error) => {
    module = undefined;
    throw error;
  }));
  const engine = new Engine();
  await engine.run(compiled);
  return (running = engine);
}

async function compile(): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== "object" || !("adoptedStyleSheets" in Document.prototype)) {
    throw new Failure("unsupported", "needs WebAssembly and constructable style sheets");
  }
  try {
    // An empty module says whether the page's policy allows WebAssembly at all,
    // before a megabyte is fetched in vain. (WebKit objects to the instance only.)
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  } catch (error) {
    throw Failure.of(error, "engine-compile");
  }
  const url = new URL(ENGINE_FILE, import.meta.url);
  try {
    const response = await fetch(url, {
      integrity: ENGINE_INTEGRITY,
      cache: spoilt ? "reload" : "default",
      credentials: "omit",
      priority: "low", // never before the host page's own pictures
    });
    if (!response.ok) throw `HTTP ${response.status}`;
    const type = response.headers.get("content-type")?.trim().toLowerCase();
    // Streaming insists on the type, and some hosts don't know it.
    return await (type === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    spoilt = true;
    const code = error instanceof WebAssembly.CompileError ? "engine-compile" : "engine-load";
    throw new Failure(code, `${error}: ${url}`);
  }
}

/** Lines of the Go program's output that are kept for an error message. */
const KEPT_LINES = 12;

type Call = (op: string, id: string, arg: string | Uint8Array) => unknown;

/** One run of the Go program. Once it is dead it stays dead; loadEngine starts another. */
export class Engine {
  #dead: Failure | undefined;
  #output: string[] = [];
  #scope = this.#world();

  /** Of what it died, if it did. */
  get dead(): Failure | undefined {
    return this.#dead;
  }

  async run(compiled: WebAssembly.Module): Promise<void> {
    const Go = wasmExec(this.#scope);
    const go = new Go();
    go.exit = (code) => this.#die("engine-exit", `exit code ${code}`);
    // Runs up to the point where the program waits to be called.
    const instance = await WebAssembly.instantiate(compiled, go.importObject).catch((error) => {
      throw Failure.of(error, "engine-compile");
    });
    go.run(instance).catch((error) => this.#die("engine-panic", error));
    await Promise.resolve(); // lets a failed start be heard
    if (!this.#dead && typeof this.#scope[ENGINE_FUNCTION] !== "function") {
      this.#die("engine-exit", "the program did not start");
    }
    if (this.#dead) throw this.#dead;
  }

  /**
   * One call into Go; what follows the operation is the engine's business.
   * Throws a Failure with the code of the answer; if Go panicked or ended, the
   * engine is dead, as its memory can't be trusted.
   */
  call<Answer = object>(op: string, id: string, arg: string | Uint8Array = ""): Answer {
    if (this.#dead) throw this.#dead;
    let answer;
    try {
      answer = JSON.parse((this.#scope[ENGINE_FUNCTION] as Call)(op, id, arg) as string);
    } catch (error) {
      throw this.#die("engine-panic", error); // or the exit, if that came first
    }
    const error = answer.error;
    // An engine that has lost a source is as broken as one that panicked.
    if (/^(engine-panic|source)$/.test(error?.code)) throw this.#die("engine-panic", error.message);
    if (error) throw new Failure(error.code, error.message);
    return answer;
  }

  #die(code: "engine-exit" | "engine-panic", why: unknown): Failure {
    if (!this.#dead) {
      this.#dead = new Failure(code, [String(why), ...this.#output].join("\n"));
      starting = running = undefined;
    }
    return this.#dead;
  }

  /** Keeps the last lines; of a crash the first, which say what and where. */
  #hear(line: string): void {
    const crash = /^(panic|fatal error):/;
    if (crash.test(line)) this.#output = [];
    else if (this.#output.length === KEPT_LINES) {
      if (crash.test(this.#output[0]!)) return;
      this.#output.shift();
    }
    this.#output.push(line);
  }

  /**
   * All that Go sees of the page. wasm_exec.js adds its own names (fs, process,
   * path, Go) here and not to window; there is no fetch, document or storage.
   */
  #world(): Record<string, unknown> {
    const print = (...words: unknown[]): void => {
      for (const line of words.join(" ").split("\n")) this.#hear(line);
    };
    return {
      Object,
      Array,
      Uint8Array,
      Error,
      Date,
      crypto,
      performance,
      TextEncoder,
      TextDecoder,
      clearTimeout: (id: number) => clearTimeout(id),
      // A timer of a program that has ended must not throw at the page.
      setTimeout: (wake: () => void, ms: number) =>
        setTimeout(() => {
          try {
            if (!this.#dead) wake();
          } catch (error) {
            this.#die("engine-panic", error);
          }
        }, ms),
      // What Go prints is kept for the error message, not shown on the page's console.
      console: { log: print, warn: print, error: print },
    };
  }
}
