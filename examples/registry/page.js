// A registry that is still empty shows a sentence; with its first pledge the rest
// of the page is there.
addEventListener("gcm-update", ({ detail }) => {
  if (!detail.total) return;
  document.querySelector(".none")?.remove();
  document.querySelector(".later")?.removeAttribute("hidden");
});
