// Runs when the page can receive answers. Given by the chat's framework: `watch` and `props` (what the server sent).
watch("value", () => window.dispatchEvent(new CustomEvent("chat-delivery", { detail: props.value })));
