// Runs once, when the conversation is on the page. Given by the chat's framework: `element` (the conversation) and
// `trigger` (sends an event to the server). Opens sources beside the answers and sends suggested questions.

const panel = () => document.querySelector("#source-panel");
const sheet = () => panel().querySelector(".sheet");
let cites = []; // the citation buttons of the answer whose sources are shown
let position = 0;
let opener = null; // gets the focus back when the panel closes

async function fetchSource(citation) {
  const response = await fetch(new URL("source", document.baseURI), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: citation,
  });
  return response.text(); // HTML made of escaped pieces by the server, also when it explains a failure
}

async function showSource(index) {
  position = index;
  const cite = cites[index];
  const body = sheet().querySelector(".source");
  sheet().querySelector(".position").textContent = `${index + 1} / ${cites.length}`;
  sheet().querySelector("[data-panel=previous]").disabled = index === 0;
  sheet().querySelector("[data-panel=next]").disabled = index === cites.length - 1;
  document.body.classList.add("source-open");
  sheet().hidden = false;
  markCurrent(cite);
  try {
    const html = await fetchSource(cite.dataset.citation);
    if (cites[position] !== cite) return; // another one was asked for meanwhile
    body.innerHTML = html;
  } catch {
    body.textContent = "无法读取来源，请检查与服务器的连接后重试。";
  }
  revealMark(body);
}

function revealMark(body) {
  body.scrollTop = 0;
  const mark = body.querySelector("mark");
  if (!mark) return;
  const row = mark.closest("tr");
  if (!row) return void mark.scrollIntoView({ block: "center" });
  const grid = row.closest(".scroll");
  grid.scrollIntoView({ block: "nearest" });
  const head = grid.querySelector("thead").offsetHeight;
  grid.scrollTop += row.getBoundingClientRect().top - grid.getBoundingClientRect().top - head - grid.clientHeight / 5;
  const marks = row.querySelectorAll("mark");
  if (marks.length === row.cells.length) return; // the whole row is quoted: begin at its beginning
  const beyond = marks[marks.length - 1].getBoundingClientRect().right - grid.getBoundingClientRect().right;
  if (beyond > 0) grid.scrollLeft += beyond + 24;
}

function markCurrent(cite) {
  for (const one of element.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
  cite?.setAttribute("aria-current", "true");
}

function openSource(button) {
  const card = button.closest(".card");
  cites = [...card.querySelectorAll(".cite")];
  const index = cites.findIndex((cite) => cite.dataset.cite === button.dataset.cite);
  if (index < 0) return;
  opener = button;
  showSource(index);
  sheet().focus({ preventScroll: true });
}

function closeSource() {
  if (sheet().hidden) return;
  sheet().hidden = true;
  document.body.classList.remove("source-open");
  markCurrent(null);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

function movePanel(step) {
  if (cites[position + step]) showSource(position + step);
}

const panelActions = { close: closeSource, previous: () => movePanel(-1), next: () => movePanel(1) };

document.addEventListener("click", (event) => {
  event.target.closest(".grid td.long")?.classList.toggle("open"); // long cells are cut to a few lines
  const button = event.target.closest("[data-cite], [data-ask], [data-panel]");
  if (!button) return;
  if (button.dataset.panel) panelActions[button.dataset.panel]();
  else if (button.dataset.cite) openSource(button);
  else trigger("submit", { question: button.dataset.ask });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSource();
});

// While an input method composes, Enter chooses a word; the text box would take it for “send”.
document.addEventListener(
  "keydown",
  (event) => {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && composing && event.target.closest("#question")) event.stopPropagation();
  },
  true,
);

// A new question closes the old source and comes into view.
let seen = "0";
new MutationObserver(() => {
  const turns = element.querySelectorAll(".turn");
  const now = `${turns.length}${element.querySelector(".pending") ? " waiting" : ""}`;
  if (now === seen) return;
  seen = now;
  closeSource();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  turns[turns.length - 1]?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}).observe(element, { childList: true, subtree: true });
