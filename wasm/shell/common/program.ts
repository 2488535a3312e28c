// A Go program that runs and answers, in a worker or in the page. The worker may
// get these functions as text, so they use nothing but their parameters and what
// every script has.

/**
 * A call: operation, whom it is about, what else the operation needs. The first
 * one starts the program: "", the file's address, and, where there is one, what
 * was compiled of it before.
 */
export type Asked = [op: string, id: string, arg: string | Uint8Array | WebAssembly.Module];

type Death = "engine-load" | "engine-compile" | "engine-exit" | "engine-panic";

/**
 * The answer to a call, in their order, to the first one what was compiled; or of
 * what the program died, after which it says nothing.
 */
export type Said = string | WebAssembly.Module | [code: Death, why: string];

/** Fetches a file of the engine's, which is exactly this one. */
export async function load(url: string | URL, integrity: string): Promise<ArrayBuffer> {
  const get = async (cache: RequestCache): Promise<ArrayBuffer> => {
    const response = await fetch(url, {
      integrity,
      cache,
      credentials: "omit",
      priority: "low", // never before the host page's own pictures
    });
    if (!response.ok) throw response.status;
    // Nothing is gained by streaming: integrity is known only once all bytes are here.
    return response.arrayBuffer();
  };
  return get("default").catch(() => get("reload")); // what a cache has may be spoilt
}

/** What a worker does with a program: whoever has started it hears that it is there, and calls. */
export function attend(run: typeof program, wasmExec: typeof import("wasm_exec").default, get: typeof load): void {
  const call = run(wasmExec, postMessage, get);
  onmessage = ({ data }) => void call(data);
  postMessage("");
}

/** Passes a call on. What comes of it is said, not returned. */
export type Program = (asked: Asked) => Promise<void>;

/**
 * Returns what makes one run of the Go program and passes it calls: each with
 * one answer, given to say. How wasm_exec.js is wrapped, and what the names in
 * capitals are, env.d.ts says: they are literals by the time this is text.
 */
export function program(
  wasmExec: typeof import("wasm_exec").default,
  say: (said: Said) => void,
  get: typeof load,
): Program {
  let dead = false;
  let output = "";
  const die = (code: Death, why: unknown): void => {
    if (!dead) say([code, `${why}\n${output}`]);
    dead = true;
  };
  const decoder = new TextDecoder();
  // All that Go sees of the page. wasm_exec.js leaves its name here and not on
  // window; there is no fetch, document or storage.
  const scope: Record<string, any> = {
    Object,
    Array,
    Uint8Array,
    Error,
    ...(ENGINE_FILES && { Date }),
    clearTimeout,
    // A timer of a program that has ended must not throw at the page.
    setTimeout: (wake: () => void, ms: number) =>
      setTimeout(() => {
        try {
          if (!dead) wake();
        } catch (error) {
          die("engine-panic", error);
        }
      }, ms),
    // There are no files, and no console: what Go prints is kept for the error
    // message; of a crash the beginning, which says what and where.
    fs: {
      ...(ENGINE_FILES && { constants: new Proxy({}, { get: () => -1 }) }),
      writeSync(_: number, bytes: Uint8Array) {
        output = (output + decoder.decode(bytes)).replace(/^[^]*?^(?=panic:|fatal error:)/m, "").slice(0, 800);
        return bytes.length;
      },
    },
    console: { warn() {} },
  };
  return async ([op, id, arg]) => {
    try {
      if (dead) return;
      if (op) {
        const said = scope[ENGINE_FUNCTION](op, id, arg);
        if (!dead) say(said);
        return;
      }
      if (!arg) {
        // Another one is not for this wasm_exec.js.
        const bytes = await get(id, ENGINE_INTEGRITY).catch((error) => die("engine-load", `${error}: ${id}`));
        if (!bytes) return;
        if (ENGINE_GZIP) {
          const unpacked = new Response(bytes).body!.pipeThrough(new DecompressionStream("gzip"));
          arg = await WebAssembly.compileStreaming(new Response(unpacked, { headers: { "Content-Type": "application/wasm" } }));
        } else arg = await WebAssembly.compile(bytes);
      }
      const go = new (wasmExec(scope))();
      go.exit = (code) => die("engine-exit", `exit code ${code}`);
      // Runs up to the point where the program waits to be called.
      const instance = await WebAssembly.instantiate(arg as WebAssembly.Module, go.importObject);
      go.run(instance).catch((error) => die("engine-panic", error));
      await null; // lets a failed start be heard
      if (!scope[ENGINE_FUNCTION]) die("engine-exit", "not started");
      if (!dead) say(arg as WebAssembly.Module);
    } catch (error) {
      die(op ? "engine-panic" : "engine-compile", error);
    }
  };
}
