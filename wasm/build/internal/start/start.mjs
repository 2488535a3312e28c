// Runs an engine as the shell does (wasm/shell/common/program.ts): in a scope of its
// own, and calls the function that it puts there.
import { readFileSync } from "node:fs";

const read = (name) => readFileSync(new URL(name, import.meta.url));
const name = process.argv[2];
let output = "";
const fail = (why) => {
  console.log(`${why}\n${output}`);
  process.exit(1);
};
const scope = {
  ...{ Object, Array, Uint8Array, Error, Date, TextEncoder, TextDecoder, performance, crypto, clearTimeout },
  setTimeout: (wake, ms) =>
    setTimeout(() => {
      try {
        wake();
      } catch (error) {
        fail(error);
      }
    }, ms),
  process: { pid: -1, ppid: -1, umask() {}, cwd() {}, chdir() {} },
  path: { resolve: (...parts) => parts.join("/") },
  fs: {
    constants: new Proxy({}, { get: () => -1 }),
    writeSync(_, bytes) {
      output += new TextDecoder().decode(bytes);
      return bytes.length;
    },
  },
  console: { warn() {}, error() {} },
};
// What is a global there is a member of the scope here.
const wrapped = new Function("globalThis", "console", "fs", "setTimeout", "clearTimeout", read("wasm_exec.js"));
wrapped(scope, scope.console, scope.fs, scope.setTimeout, scope.clearTimeout);
const go = new scope.Go();
go.exit = (code) => fail(`exit code ${code}`);
try {
  const { instance } = await WebAssembly.instantiate(read("engine.wasm"), go.importObject);
  go.run(instance).catch(fail);
  await null;
  if (!scope[name]) fail("it hasn't begun to serve");
  for (const { args, bytes, want } of JSON.parse(read("calls.json"))) {
    if (bytes) args.push(new TextEncoder().encode(args.pop()));
    const answer = scope[name](...args);
    if (!String(answer).includes(want)) fail(`${args[0]} is answered with ${String(answer).slice(0, 200)}, without ${want}`);
  }
} catch (error) {
  fail(error);
}
process.exit(0);
