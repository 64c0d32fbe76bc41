// Opens sources beside the answers: the document's tree at the citation, its quote marked, the next and previous one.
import { copyText, flash, onClick, address } from "./page.js";

const panel = () => document.querySelector("#source-panel");
const sheet = () => panel().querySelector(".sheet");
let cites = []; // the citation buttons of the answer whose sources are shown
let position = 0;
let opener = null; // gets the focus back when the panel closes

async function fetchSource(citation) {
  const response = await fetch(address("source"), {
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
  revealMark(body, isCell(cite));
}

// A cell's address ends with the name of its column in quotes; a row's with its number.
const isCell = (cite) => JSON.parse(cite.dataset.citation).locator.endsWith("”");

function revealMark(body, ofCell) {
  const mark = body.querySelector("mark");
  if (!mark) return;
  const row = mark.closest("tr");
  if (!row) return void mark.scrollIntoView({ block: "center" });
  const grid = row.closest(".scroll");
  grid.scrollIntoView({ block: "end" });
  const head = grid.querySelector("thead").offsetHeight;
  grid.scrollTop += row.getBoundingClientRect().top - grid.getBoundingClientRect().top - head - grid.clientHeight / 5;
  const marks = row.querySelectorAll("mark");
  if (!ofCell) return; // the row is quoted: begin at its beginning
  const beyond = marks[marks.length - 1].getBoundingClientRect().right - grid.getBoundingClientRect().right;
  if (beyond > 0) grid.scrollLeft += beyond + 24;
}

function markCurrent(cite) {
  for (const one of document.querySelectorAll("#conversation [aria-current]")) one.removeAttribute("aria-current");
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

export function closeSource() {
  if (!panel() || sheet().hidden) return false;
  sheet().hidden = true;
  document.body.classList.remove("source-open");
  markCurrent(null);
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  return true;
}

function movePanel(step) {
  if (cites[position + step]) showSource(position + step);
}

// A folded clause of the tree is fetched when it is opened for the first time.
async function unfold(details) {
  const place = details.querySelector(":scope > .folded");
  if (!details.open || !place || place.dataset.filled) return;
  place.dataset.filled = "yes";
  const asked = new URLSearchParams({ document: details.closest(".tree").dataset.document, clause: details.dataset.part });
  try {
    const response = await fetch(address(`part?${asked}`));
    place.innerHTML = await response.text(); // escaped by the server
  } catch {
    delete place.dataset.filled;
    place.textContent = "无法读取，请检查与服务器的连接。";
  }
}

const actions = { close: closeSource, previous: () => movePanel(-1), next: () => movePanel(1) };

// On a phone the sheet covers the talk: the keyboard must not wander behind it.
function keepFocus(event) {
  if (event.key !== "Tab" || sheet().hidden || !window.matchMedia("(max-width: 900px)").matches) return;
  const stops = [...sheet().querySelectorAll("button:enabled, a[href], summary, [tabindex='0']")].filter((one) => one.offsetParent);
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  if (document.activeElement !== edge && sheet().contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
}

export function start() {
  onClick("[data-panel]", (button) => actions[button.dataset.panel]());
  onClick("[data-cite]", openSource);
  onClick(".grid td.long", (cell) => cell.classList.toggle("open")); // long cells are cut to a few lines
  onClick("[data-copy]", async (button) => flash(button, (await copyText(button.dataset.copy), "已复制")));
  onClick("[data-copy-link]", async (button) =>
    flash(button, (await copyText(address(button.dataset.copyLink).href), "已复制")),
  );
  document.addEventListener("toggle", (event) => event.target.dataset?.part && unfold(event.target), true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeSource();
    keepFocus(event);
  });
}
