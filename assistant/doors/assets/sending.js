// Runs when the input is on the page. Given by the chat's framework: `trigger` (sends an event to the server).
window.sendQuestion = (asked) => trigger("submit", asked);
window.dispatchEvent(new Event("chat-ready"));
