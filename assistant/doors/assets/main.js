// Starts the page's scripts once the chat's framework has put the page together.
import * as asking from "./asking.js";
import * as history from "./history.js";
import * as scrolling from "./scrolling.js";
import * as sources from "./sources.js";
import * as tables from "./tables.js";
import * as verdicts from "./verdicts.js";

const PARTS = ["#turns", "#question textarea", ".history", "#source-panel .sheet", "#notice .strip", "#wrong"];
let started = false;

function start() {
  if (started || !window.sendQuestion || !PARTS.every((part) => document.querySelector(part))) return;
  started = true;
  watcher.disconnect();
  for (const script of [asking, scrolling, sources, tables, verdicts, history]) script.start();
  document.querySelector("#question textarea").focus({ preventScroll: true });
  stayWithin(new URLSearchParams(location.search).get("within"));
}

// The list of documents links here to ask one of them alone. The choices are drawn when their list is opened, and the
// list opens only once the framework has woken it: hence the tries.
function stayWithin(id, tries = 20) {
  if (!id || !tries) return;
  const choice = document.querySelector(`#search-range input[name="${CSS.escape(id)}"]`);
  if (choice) return void (choice.checked || choice.click());
  document.querySelector("#search-range > button:not(.open)")?.click();
  setTimeout(stayWithin, 150, id, tries - 1);
}

const watcher = new MutationObserver(start);
watcher.observe(document.documentElement, { childList: true, subtree: true });
window.addEventListener("chat-ready", start);
start();
