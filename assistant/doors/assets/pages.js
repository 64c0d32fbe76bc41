// On a document's page: the place that the link names is brought into view, cut cells open by a click.
import { onClick } from "./page.js";
import { start } from "./scrolling.js";

onClick(".grid td.long", (cell) => cell.classList.toggle("open"));

function reveal() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const mark = document.querySelector("mark");
  for (const old of document.querySelectorAll(".target")) old.classList.remove("target");
  if (named) named.classList.add("target");
  const place = mark && (!named || named.contains(mark) || mark.contains(named)) ? mark : named;
  place?.scrollIntoView({ block: "center" });
}

if (window.matchMedia("(max-width: 900px)").matches) document.querySelector(".contents details")?.removeAttribute("open");
start();
window.addEventListener("hashchange", reveal);
reveal();
