// Sends questions and shows their answers: the input box, the question under way, editing and stopping.
import { calm, onClick, randomId, request, showNotice } from "./page.js";
import { closeSource } from "./sources.js";

const SLOW_MS = 2500; // after this the server is asked what became of the question
const LONGEST_SHOWN = 500;
const FAILED = "出错了，请稍后再试；问题仍在输入框中。";

let conversation = "";
let waiting = null; // {turn, question, article, timer, replaced}
let sentAgain = ""; // the turn that was sent a second time, after the server had been away
let editing = ""; // the turn that the next question replaces
const listeners = []; // called when the conversation has changed

export const turns = () => document.querySelector("#turns");
const box = () => document.querySelector("#question textarea");
export const onChange = (listener) => listeners.push(listener);
const changed = () => listeners.forEach((listener) => listener(conversation));
export const current = () => conversation;

function fitBox() {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight, window.innerHeight * 0.34)}px`;
}

// What is typed outlives a reload: the framework reloads the page after the server has been away.
const DRAFT = "policy-draft";
function keepDraft() {
  sessionStorage.setItem(DRAFT, box().value);
}

// So does a question under way: it is sent again where the server never got it.
const SENT = "policy-sent";
function resume() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (!sent || waiting) return;
  sessionStorage.removeItem(SENT);
  if (find(sent.turn) || (conversation && conversation !== sent.conversation)) return;
  name(sent.conversation);
  showNotice("");
  send(sent);
}

export function fillBox(text) {
  box().value = text;
  keepDraft();
  fitBox();
  box().focus();
  box().setSelectionRange(text.length, text.length);
}

function name(id) {
  conversation = id;
  const here = new URL(location.href);
  id ? here.searchParams.set("c", id) : here.searchParams.delete("c");
  history.replaceState(null, "", here);
}

function showWaiting(question, turn) {
  const article = document.querySelector("#pending-turn").content.cloneNode(true).firstElementChild;
  article.dataset.turn = turn;
  const shown = question.trim();
  article.querySelector(".question").textContent = shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}……` : shown;
  turns().append(article);
  document.body.classList.add("talking");
  article.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  return article;
}

export function ask(question) {
  if (waiting) return;
  showNotice("");
  if (!question.trim()) return showNotice("请输入问题。");
  closeSource();
  if (!conversation) name(randomId());
  send({ turn: randomId(), conversation, question, replaces: editing });
}

function send(asked) {
  const { turn, question, replaces } = asked;
  sessionStorage.setItem(DRAFT, question);
  sessionStorage.setItem(SENT, JSON.stringify(asked));
  waiting = { asked, turn, question, article: showWaiting(question, turn), replaced: replaces };
  waiting.timer = setTimeout(() => follow(turn), SLOW_MS);
  markBusy(true);
  window.sendQuestion(asked);
}

function markBusy(busy) {
  document.querySelector("#question .send").hidden = busy;
  document.querySelector("#question .stop").hidden = !busy;
  turns().setAttribute("aria-busy", busy);
}

function settle() {
  const done = waiting;
  clearTimeout(done.timer);
  waiting = null;
  sessionStorage.removeItem(SENT);
  markBusy(false);
  return done;
}

function deliver(sent) {
  if (!sent || !waiting || (sent.turn && sent.turn !== waiting.turn)) return;
  if (sent.html) succeed(sent.html);
  else fail(sent.notice || FAILED);
}

function succeed(html) {
  const { question, article, replaced } = settle();
  for (const old of turns().querySelectorAll(".suggestions.next-questions")) old.remove();
  if (replaced) for (let old = find(replaced); old && old !== article; ) [old] = [old.nextElementSibling, old.remove()];
  article.outerHTML = html; // escaped by the server
  if (box().value === question) box().value = "";
  keepDraft();
  stopEditing();
  fitBox();
  changed();
  showNext();
}

function fail(message) {
  const { question, article } = settle();
  article.remove();
  if (!box().value) fillBox(question);
  showNotice(message);
  if (!turns().children.length) document.body.classList.remove("talking");
}

// Questions that could follow come behind the answer: the server tries each of them first.
async function showNext() {
  const last = turns().lastElementChild;
  if (last?.dataset.state !== "done") return;
  try {
    const html = await request(`talk/turn/${last.dataset.turn}/next`);
    if (last !== turns().lastElementChild || last.querySelector(".next-questions")) return;
    last.insertAdjacentHTML("beforeend", html); // escaped by the server
    const next = last.querySelector(":scope > .suggestions");
    next?.classList.add("next-questions");
    // A short answer leaves room for them: they come into view, and the question stays there.
    if (next && last.offsetHeight < window.innerHeight - 160) next.scrollIntoView({ block: "nearest" });
  } catch {
    // without them the answer is whole
  }
}

const find = (turn) => turns().querySelector(`[data-turn="${turn}"]`);

// No word from the server for a while: ask what became of the question, until it is known.
async function follow(turn) {
  if (waiting?.turn !== turn) return;
  try {
    const html = await request(`talk/turn/${turn}`);
    if (waiting?.turn === turn && !html.includes('data-state="pending"')) return succeed(html);
    showNotice("");
  } catch (error) {
    if (waiting?.turn !== turn) return;
    if (error.offline) showNotice("与服务器的连接已断开，正在重试……");
    else if (error.status !== 404 || sentAgain === turn || !waiting.asked) return fail(FAILED);
    else sendAgain();
  }
  if (waiting?.turn === turn) waiting.timer = setTimeout(() => follow(turn), 2000);
}

// The server does not know the question: it was away when it was sent. A turn is answered once, however often sent.
function sendAgain() {
  sentAgain = waiting.turn;
  showNotice("");
  window.sendQuestion(waiting.asked);
}

async function stop() {
  const { turn, question, article } = settle();
  article.querySelector(".card").textContent = "已停止查找。可修改问题后再问。";
  article.dataset.state = "stopped";
  if (!box().value) fillBox(question);
  await tellStopped(turn);
  changed();
}

// The question may still be on its way: the server is told again until it knows it.
async function tellStopped(turn, tries = 10) {
  try {
    await request(`talk/turn/${turn}/stop`, {});
  } catch (error) {
    if (error.status === 404 && tries) setTimeout(tellStopped, 500, turn, tries - 1);
  }
}

function edit(button) {
  editing = button.closest(".turn").dataset.turn;
  for (const one of turns().children) one.classList.toggle("replaced", isBehind(one));
  document.querySelector("#question .editing").hidden = false;
  fillBox(button.dataset.edit);
}

const isBehind = (article) => Boolean(find(editing)?.compareDocumentPosition(article) & Node.DOCUMENT_POSITION_FOLLOWING) || article === find(editing);

function stopEditing() {
  editing = "";
  for (const one of turns().children) one.classList.remove("replaced");
  document.querySelector("#question .editing").hidden = true;
}

// An empty talk.
export function begin() {
  if (waiting) stop();
  name("");
  stopEditing();
  turns().replaceChildren();
  document.body.classList.remove("talking");
  showNotice("");
  closeSource();
  changed();
  box().focus({ preventScroll: true });
}

// A kept talk, as it was.
export async function open(id) {
  let html;
  try {
    html = await request(`talk/${id}`);
  } catch (error) {
    if (error.status === 404) name("");
    showNotice(error.message);
    return resume();
  }
  if (waiting) settle();
  name(id);
  stopEditing();
  closeSource();
  showNotice("");
  turns().innerHTML = html; // escaped by the server
  document.body.classList.toggle("talking", turns().children.length > 0);
  const pending = turns().querySelector("[data-state=pending]");
  if (pending) {
    waiting = { turn: pending.dataset.turn, question: "", article: pending, replaced: "" };
    markBusy(true);
    follow(pending.dataset.turn);
  }
  turns().lastElementChild?.scrollIntoView({ block: "start" });
  changed();
  showNext();
  resume();
}

// Enter sends and Shift+Enter makes a line; while an input method composes, Enter chooses a word.
function onKey(event) {
  if (event.target !== box() || event.key !== "Enter" || event.shiftKey) return;
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  ask(box().value);
}

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => event.target === box() && (keepDraft(), fitBox()));
  const draft = sessionStorage.getItem(DRAFT);
  if (draft) fillBox(draft);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".composer")) return;
    event.preventDefault();
    ask(box().value);
  });
  onClick("[data-ask]", (button) => ask(button.dataset.ask));
  onClick("[data-edit]", edit);
  onClick("[data-cancel-edit]", () => (stopEditing(), fillBox("")));
  onClick("[data-stop]", () => waiting && stop());
  onClick("[data-again]", begin);
  window.addEventListener("chat-delivery", (event) => deliver(event.detail));
}
