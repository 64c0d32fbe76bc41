// What every script of the page shares: clicks, requests to our own server, copying, notices.

const handlers = [];

// Calls `handle(element, event)` for clicks inside an element that fits `selector`.
export function onClick(selector, handle) {
  handlers.push([selector, handle]);
}

document.addEventListener("click", (event) => {
  for (const [selector, handle] of handlers) {
    const found = event.target.closest?.(selector);
    if (found) handle(found, event);
  }
});

export const address = (path) => new URL(path, document.baseURI);

// Asks our own server; returns its text, or throws an error whose message can be shown.
export async function request(path, body) {
  const sent = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(address(path), { credentials: "same-origin", ...sent });
  } catch {
    throw Object.assign(new Error("与服务器的连接已断开，请稍后再试。"), { offline: true });
  }
  const text = await response.text();
  if (response.ok) return text;
  let message = "操作没有成功，请稍后再试。";
  try {
    message = JSON.parse(text).error ?? message;
  } catch {
    // an answer that is no JSON has nothing to say to a person
  }
  throw Object.assign(new Error(message), { status: response.status });
}

export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The clipboard of the browser exists on secure addresses only; elsewhere the old way still works.
export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  const focused = document.activeElement;
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus?.({ preventScroll: true });
}

export function flash(button, said) {
  button.dataset.label ??= button.textContent;
  button.textContent = said;
  clearTimeout(button.flashing);
  button.flashing = setTimeout(() => (button.textContent = button.dataset.label), 1600);
}

export function showNotice(message) {
  const strip = document.querySelector("#notice .strip");
  strip.replaceChildren();
  if (!message) return;
  const line = document.createElement("p");
  line.className = "notice";
  line.setAttribute("role", "alert");
  line.textContent = message;
  strip.append(line);
}

export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
