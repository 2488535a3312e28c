// Calls each function of two modules from each of its places, and prints how many
// calls it was if both did the same, or else which differ: node same.mjs A.wasm B.wasm
import { readFileSync } from "node:fs";

const fuel = 30; // calls of a function, after which it is told to leave
const base = 4096; // of its stack
const fill = Uint8Array.from({ length: 1 << 16 }, (_, i) => i * 7 + (i >> 3) * 13);

function start(file) {
	let calls, left;
	const env = {
		// As a Go function does, it takes the return address off.
		call(place) {
			const at = exports.stack.value;
			calls.push(place, at, new DataView(exports.memory.buffer).getBigInt64(at, true));
			exports.stack.value = at + 8;
			return --left > 0 ? 0 : 1;
		},
	};
	const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env });
	return {
		names: Object.keys(exports).filter((name) => name.startsWith("f")),
		run(name, place) {
			[calls, left] = [[], fuel];
			const memory = new Uint8Array(exports.memory.buffer);
			memory.set(fill);
			exports.stack.value = base;
			const result = exports[name](place);
			return [result, exports.stack.value, calls.join(), Buffer.from(exports.memory.buffer).toString("latin1")].join("\n");
		},
	};
}

const [before, after] = process.argv.slice(2).map(start);
let same = 0;
for (const name of before.names) {
	for (let place = 0; place < 10; place++) {
		const [want, got] = [before.run(name, place), after.run(name, place)];
		if (want !== got) {
			console.log(`${name}(${place}):\n${got.slice(0, 400)}\nwant\n${want.slice(0, 400)}`);
			process.exit(1);
		}
		same++;
	}
}
console.log(same);
