// What a person thinks of an answer, sent to the server; the answer's text, copied.
import { copyText, flash, onClick, request, showNotice } from "./page.js";
import { confirmIn } from "./history.js";

async function judge(button) {
  const strip = button.closest("[data-verdict-of]");
  const given = { verdict: button.dataset.verdict, reason: "", correction: "" };
  if (given.verdict === "bad") {
    const dialog = document.querySelector("#wrong");
    dialog.querySelector("form").reset();
    const form = await confirmIn(dialog);
    if (!form) return;
    Object.assign(given, { reason: form.elements.reason.value, correction: form.elements.correction.value });
  }
  try {
    await request(`talk/turn/${strip.dataset.verdictOf}/verdict`, given);
  } catch (error) {
    return showNotice(error.message);
  }
  for (const one of strip.querySelectorAll("[data-verdict]")) one.setAttribute("aria-pressed", one === button);
  strip.querySelector("span").textContent = given.verdict === "bad" ? "已记录，谢谢指正。" : "已记录，谢谢。";
}

// The text of the answer with its sources, ready to be pasted.
async function copyAnswer(button) {
  const card = button.closest(".card");
  // What is folded is copied as well.
  const text = [...card.querySelectorAll(".answer > *, .conflicts")].map((one) =>
    one.matches("details") ? one.lastElementChild.textContent.trim() : one.innerText.trim(),
  );
  const sources = [...card.querySelectorAll(".cite")].map((one) => one.innerText.trim().replace(/\s+/g, " "));
  await copyText([...text, ...(sources.length ? ["来源：", ...sources] : [])].join("\n"));
  flash(button, "已复制");
}

export function start() {
  onClick("[data-verdict]", judge);
  onClick("[data-copy-answer]", copyAnswer);
}
