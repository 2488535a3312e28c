// What the builder (wasm/build) puts in the place of these names.

/** Name of the element. */
declare const ELEMENT: string;

/** File name of the module that is the worker's script; "" is the very file that asks. */
declare const WORKER_FILE: string;

/** File names and integrity of the modules that the widget loads to count, to follow streams, and for dashboards; they lie beside it. */
declare const COUNTING_FILE: string;
declare const COUNTING_INTEGRITY: string;
declare const FOLLOWING_FILE: string;
declare const FOLLOWING_INTEGRITY: string;
declare const DASHBOARD_FILE: string;
declare const DASHBOARD_INTEGRITY: string;

/** File name of the module's engine, which lies beside it. */
declare const ENGINE_FILE: string;

/** Subresource integrity of that file: "sha384-...". */
declare const ENGINE_INTEGRITY: string;

/** Whether that file is packed with gzip, and the browser is not told. */
declare const ENGINE_GZIP: boolean;

/** Whether that program looks for files and for the time zone. */
declare const ENGINE_FILES: boolean;

/** The one function that the engine puts on its scope. */
declare const ENGINE_FUNCTION: string;

/**
 * The Go toolchain's wasm_exec.js as a function. It sees the scope it is given
 * where it expects the page's globals, and leaves its names there.
 */
declare module "wasm_exec" {
  export interface Go {
    readonly importObject: WebAssembly.Imports;
    exit: (code: number) => void;
    run(instance: WebAssembly.Instance): Promise<void>;
  }
  export default function wasmExec(scope: object): new () => Go;
}

/** The files with the words of languages, which lie beside the engine: their names, and where they are. */
declare module "words" {
  const words: readonly (readonly [name: string, beside: () => URL])[];
  export default words;
}

/** Codes of their languages, and their integrity, in the same order. */
declare module "words_integrity" {
  const integrity: readonly (readonly [lang: string, hash: string])[];
  export default integrity;
}

declare module "*.css" {
  const text: string;
  export default text;
}
