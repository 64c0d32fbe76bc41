// A table wider than its place says so: an arrow of words over it, and a shadow at each edge that hides columns.

const edges = new ResizeObserver((entries) => {
  for (const entry of entries) measure(entry.target.closest(".frame"));
});

function measure(frame) {
  const box = frame?.querySelector(":scope > .scroll");
  if (!box) return;
  const hidden = box.scrollWidth - box.clientWidth;
  frame.toggleAttribute("data-wide", hidden > 2);
  frame.toggleAttribute("data-more-left", box.scrollLeft > 2);
  frame.toggleAttribute("data-more-right", hidden - box.scrollLeft > 2);
}

function watch(within) {
  if (!(within instanceof Element)) return;
  const boxes = [...within.querySelectorAll(".frame > .scroll")];
  if (within.matches(".frame > .scroll")) boxes.push(within);
  for (const box of boxes) {
    edges.observe(box);
    if (box.firstElementChild) edges.observe(box.firstElementChild);
  }
}

export function start() {
  watch(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(watch);
  }).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("scroll", (event) => event.target.closest?.(".frame") && measure(event.target.closest(".frame")), { capture: true, passive: true });
}
