// Looks for texts in pledges: node search.mjs TOOL JOB. The job is a file: the name of a
// file of documents, a JSON object a line, how often to search, and then a text a line.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const [tool, jobFile] = process.argv.slice(2);
const [file, rounds, ...texts] = readFileSync(jobFile, 'utf8').replace(/\n$/, '').split('\n');
const documents = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const seconds = () => performance.now() / 1000;

// miniSearch finds the beginning of any word; with "and" pledges that have all words, and
// otherwise, as its README has it, those that have one of them, and similar ones.
async function miniSearch(options) {
  const { default: MiniSearch } = await import('minisearch');
  const start = seconds();
  const index = new MiniSearch({ fields: ['title', 'pledgers', 'topics', 'places'] });
  index.addAll(documents);
  return {
    load: seconds() - start,
    search: (text) => index.search(text, { prefix: true, boost: { title: 4, pledgers: 3, topics: 2 }, ...options }).map((hit) => hit.id),
  };
}

// Pagefind works in a page. Here it gets a document that says as much as it asks, and
// files from memory. Its files are compressed already, but for the script.
async function pagefind() {
  const { close, createIndex } = await import('pagefind');
  const start = seconds();
  const { index } = await createIndex({ forceLanguage: 'en' });
  for (const d of documents) {
    const { errors } = await index.addCustomRecord({ url: '/' + d.id, language: 'en', content: [d.title, d.pledgers, d.topics, d.places].join('. '), meta: { title: d.title } });
    if (errors.length > 0) throw new Error(errors.join('\n'));
  }
  const { files } = await index.getFiles();
  await close();
  const load = seconds() - start;

  const dir = mkdtempSync(join(tmpdir(), 'pagefind-'));
  process.on('exit', () => rmSync(dir, { recursive: true }));
  const contents = new Map();
  for (const f of files) {
    contents.set(f.path, f.content);
    if (f.path === 'pagefind.js') writeFileSync(join(dir, f.path), f.content);
  }
  globalThis.fetch = async (url) => new Response(contents.get(new URL(url, 'http://localhost/').pathname.replace('/pagefind/', '')));
  globalThis.window = globalThis;
  globalThis.location = new URL('http://localhost/');
  globalThis.document = { querySelector: () => ({ getAttribute: () => 'en' }), currentScript: null };
  const page = await import(pathToFileURL(join(dir, 'pagefind.js')));
  await page.options({ basePath: 'http://localhost/pagefind/', baseUrl: '/' });
  await page.init();
  return {
    load,
    code: brotliCompressSync(contents.get('pagefind.js')).length + contents.get('wasm.en.pagefind').length,
    search: async (text, most) => {
      const { results } = await page.search(text);
      return (await Promise.all(results.slice(0, most).map((r) => r.data()))).map((d) => d.url.replaceAll('/', ''));
    },
  };
}

const tools = {
  minisearch: () => miniSearch({ fuzzy: 0.2 }),
  'minisearch-and': () => miniSearch({ combineWith: 'AND' }),
  pagefind,
};

const { load, code, search } = await tools[tool]();
const answer = { load, code, times: [], found: [] };
for (const text of texts) {
  let best = Infinity;
  for (let i = 0; i < Number(rounds); i++) {
    const start = seconds();
    await search(text, 20);
    best = Math.min(best, seconds() - start);
  }
  answer.times.push(best);
  answer.found.push((await search(text, 1000)).map((id) => id.slice(0, 8)));
}
console.log(JSON.stringify(answer));
