// What a page does with a pledge: this one shows it. Another would send it.

const section = document.querySelector("#emitted");

addEventListener("gcm-submit", ({ detail }) => {
  section.querySelector("pre").textContent = JSON.stringify(detail.pledge, null, 2);
  section.hidden = false;
  section.querySelector("h2").focus();
});

addEventListener("gcm-problems", () => {
  section.hidden = true;
});
