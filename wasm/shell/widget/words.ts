// What the engine says: it has the words of English, and each other language is a
// file beside it.

import integrity from "words_integrity";
import { type Engine, loadEngine } from "../common/engine";
import { Failure } from "../common/failure";
import { load } from "../common/program";

/** Where the files are, in the order of their integrity; and those that were asked for. */
let address: (file: number) => URL;
const fetched: Record<string, Promise<string>> = {};

/** The words of a language; undefined for English, and for a language that there are none of. Rejects with a Failure. */
function words(lang: string): Promise<string> | undefined {
  const code = lang.toLowerCase().split(/[-_]/, 1)[0]!;
  const file = integrity.findIndex(([lang]) => lang === code);
  if (file < 0) return undefined;
  return (fetched[code] ??= load(address(file), integrity[file]![1]).then(
    (bytes) => new TextDecoder().decode(bytes),
    (error) => {
      delete fetched[code];
      throw new Failure("words-load", `${error}: ${address(file)}`);
    },
  ));
}

/** Starts the engine if need be, and fetches the words of a language beside it. */
export function begin(
  engine: string,
  trusted: Parameters<typeof loadEngine>[1],
  where: typeof address,
  lang: string,
): Promise<Engine> {
  address = where;
  words(lang)?.catch(() => {}); // they are asked for again
  return loadEngine(engine, trusted);
}

/** Has an engine speak a language. Returns why not, if it can't: it speaks English then. */
export async function speak(engine: Engine, lang: string): Promise<Failure | undefined> {
  try {
    const text = await words(lang);
    if (text && !engine.words.has(text)) {
      await engine.call("words", lang, text);
      engine.words.add(text);
    }
    return undefined;
  } catch (error) {
    return error as Failure;
  }
}
