// Takes the element away, puts it back, moves it, and puts a new one in its
// place. What it has read stays with it; nothing is left of one that is gone.

const [here, there] = document.querySelectorAll(".place");
const heard = document.querySelector("#heard");
let widget = document.querySelector("gcm-pledges");
let updates = 0;

const actions = {
  remove: () => widget.remove(),
  add: () => here.append(widget),
  move: () => (widget.parentElement === here ? there : here).append(widget),
  renew() {
    const next = widget.cloneNode(true); // attributes and text; not what it shows
    if (widget.isConnected) widget.replaceWith(next);
    else here.append(next);
    widget = next;
  },
};

for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => actions[button.dataset.action]());
}

addEventListener("gcm-update", ({ detail }) => {
  heard.textContent = `gcm-update ${++updates}: ${detail.text}`;
});
