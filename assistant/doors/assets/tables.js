// Sorts the tables of answers and saves charts as pictures.
import { flash, onClick } from "./page.js";

const ORDERS = { none: "ascending", ascending: "descending", descending: "none" };

function sortBy(button) {
  const head = button.closest("th");
  const table = head.closest("table");
  const body = table.tBodies[0];
  body.original ??= [...body.rows];
  const order = ORDERS[head.getAttribute("aria-sort")];
  for (const one of table.querySelectorAll("th[aria-sort]")) one.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", order);
  const rows = [...body.original];
  if (order !== "none") {
    const turn = order === "ascending" ? 1 : -1;
    rows.sort((left, right) => turn * compare(left.cells[head.cellIndex], right.cells[head.cellIndex]));
  }
  body.replaceChildren(...rows);
}

// Numbers by value, before words; words as a Chinese dictionary has them.
function compare(left, right) {
  const [a, b] = [left.dataset.value ?? "", right.dataset.value ?? ""];
  if (a !== "" && b !== "") return Number(a) - Number(b);
  if (a !== "" || b !== "") return a !== "" ? -1 : 1;
  return left.textContent.localeCompare(right.textContent, "zh-CN");
}

const DRAWN = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight"];

async function savePicture(button) {
  const svg = button.closest("figure").querySelector("svg");
  const caption = button.closest("figure").querySelector("figcaption").textContent.trim();
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const copy = svg.cloneNode(true);
  const pairs = [svg, ...svg.querySelectorAll("*")].map((one, n) => [one, [copy, ...copy.querySelectorAll("*")][n]]);
  for (const [one, other] of pairs) for (const name of DRAWN) other.style.setProperty(name, getComputedStyle(one).getPropertyValue(name));
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const picture = new Image();
  const source = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  await new Promise((done, fail) => Object.assign(picture, { onload: done, onerror: fail, src: source }));
  const canvas = Object.assign(document.createElement("canvas"), { width: width * 2, height: (height + 36) * 2 });
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(button.closest("figure"));
  pen.scale(2, 2);
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, width, height + 36);
  pen.fillStyle = style.color;
  pen.font = `600 15px ${style.fontFamily}`;
  pen.fillText(caption, 12, 24);
  pen.drawImage(picture, 0, 36, width, height);
  URL.revokeObjectURL(source);
  const link = Object.assign(document.createElement("a"), { href: canvas.toDataURL("image/png"), download: `${caption}.png` });
  link.click();
  flash(button, "已下载");
}

export function start() {
  onClick("[data-sort]", sortBy);
  onClick("[data-picture]", savePicture);
}
