// The list of conversations: search, open, rename, delete.
import { onClick, request, showNotice } from "./page.js";
import { begin, current, onChange, open } from "./asking.js";

const list = () => document.querySelector(".history .list");
const words = () => document.querySelector("#find-talk");
let asked = 0;

async function refresh() {
  const turn = ++asked;
  try {
    const html = await request(`talk?words=${encodeURIComponent(words().value.trim())}`);
    if (turn !== asked) return;
    const menu = list().querySelector("details[open]")?.closest("li").dataset.conversation;
    list().innerHTML = html; // escaped by the server
    list().querySelector(`[data-conversation="${menu}"] details`)?.setAttribute("open", "");
    mark();
  } catch {
    // the list stays as it was; asking and reading go on
  }
}

function mark() {
  for (const one of list().querySelectorAll("[data-conversation]")) {
    const here = one.dataset.conversation === current();
    one.querySelector(".open").toggleAttribute("aria-current", here);
  }
}

// Shows a dialog and resolves to its form when it was confirmed, to null otherwise.
export function confirmIn(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) =>
    dialog.addEventListener("close", () => done(dialog.returnValue ? dialog.querySelector("form") : null), { once: true }),
  );
}

async function rename(button) {
  const dialog = document.querySelector("#rename");
  dialog.querySelector("input").value = button.dataset.title;
  const form = await confirmIn(dialog);
  if (form) await change(`talk/${button.dataset.rename}/title`, { title: form.elements.title.value });
}

async function remove(button) {
  const dialog = document.querySelector("#delete");
  dialog.querySelector(".what").textContent = `“${button.dataset.title}”的问题和答案将被删除，不能恢复。`;
  if (!(await confirmIn(dialog))) return;
  await change(`talk/${button.dataset.delete}/delete`, {});
  if (button.dataset.delete === current()) begin();
}

async function change(path, body) {
  try {
    await request(path, body);
  } catch (error) {
    showNotice(error.message);
  }
  await refresh();
}

function showHistory(shown) {
  const inside = document.querySelector("#side").contains(document.activeElement);
  document.body.classList.toggle("history-open", shown);
  document.querySelector("[data-history=open]")?.setAttribute("aria-expanded", shown);
  if (shown || inside) document.querySelector(shown ? "[data-history=close]" : "[data-history=open]")?.focus({ preventScroll: true });
}

export function start() {
  onChange(refresh);
  onClick("[data-open]", (button) => (open(button.dataset.open), narrow() && showHistory(false)));
  onClick("[data-again]", () => narrow() && showHistory(false));
  onClick("dialog [data-cancel]", (button) => button.closest("dialog").close(""));
  onClick("[data-rename]", rename);
  onClick("[data-delete]", remove);
  onClick("[data-history]", (button) => showHistory(button.dataset.history === "open"));
  document.addEventListener("input", (event) => {
    if (event.target !== words()) return;
    clearTimeout(refresh.timer);
    refresh.timer = setTimeout(refresh, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".history details[open]")) menu.open = false;
    if (document.body.classList.contains("history-open")) showHistory(false);
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".history details[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  const id = new URLSearchParams(location.search).get("c");
  id && /^[0-9a-f]{32}$/.test(id) ? open(id) : refresh();
}

const narrow = () => window.matchMedia("(max-width: 1100px)").matches;
