// The module as the script of its own worker: there is no page, only the engine.

import wasmExec from "wasm_exec";
import { attend, load, program } from "./program";

/** Answers the module in the page, if this is the worker that it has started. */
export function serve(): void {
  // A server that imports the module, or somebody else's worker, has another
  // name or none; so has a page that was made for another engine.
  if ((globalThis as { name?: unknown }).name !== ENGINE_FILE) return;
  attend(program, wasmExec, load);
}
