// The map of tiles: what a square says once the reader points at it or moves to it,
// by arrow keys, to the nearest square in that direction.

type Tile = SVGRectElement;

const KEYS: Record<string, [x: number, y: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What has been read last, of each map. */
const last = new WeakMap<Element, Tile>();

/** Brings a new or changed view to life; the reader may be in it already. */
export function explore(view: Element): void {
  const map = view.querySelector("[part=tiles]");
  if (!map) return;
  map.addEventListener("pointerover", read);
  map.addEventListener("focusin", read);
  map.addEventListener("keydown", move as EventListener);
  const tile = last.get(map) ?? map.querySelector<Tile>(":focus");
  if (tile) read({ target: tile });
}

function read({ target }: { target: EventTarget | null }): void {
  const tile = target as Tile;
  const map = tile.parentElement!;
  map.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
  tile.setAttribute("tabindex", "0");
  map.closest("[part=tilemap]")!.querySelector("[part=readout]")!.textContent = tile.textContent;
  last.set(map, tile);
}

function move(event: KeyboardEvent): void {
  const key = KEYS[event.key];
  if (!key) return;
  event.preventDefault();
  const [dx, dy] = key;
  const place = ({ x, y }: Tile): [number, number] => [x.baseVal.value, y.baseVal.value];
  const here = event.target as Tile;
  const [left, top] = place(here);
  let nearest = Infinity;
  let next = here;
  for (const tile of here.parentElement!.children as HTMLCollectionOf<Tile>) {
    const [x, y] = place(tile);
    const along = (x - left) * dx + (y - top) * dy;
    // What is aside counts three times.
    const far = along + 3 * Math.abs((x - left) * dy + (y - top) * dx);
    if (along > 0 && far < nearest) {
      nearest = far;
      next = tile;
    }
  }
  next.focus();
}
