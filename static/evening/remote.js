// The phone remote: each tap is sent once.
"use strict";

(() => {
  const words = JSON.parse(document.body.dataset.words);
  const { evening, query } = document.body.dataset;
  const message = document.getElementById("message");

  for (const button of document.querySelectorAll("[data-command]")) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      try {
        const response = await fetch(`/evening/${evening}/command?${query}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ command: button.dataset.command, key }),
          signal: AbortSignal.timeout(8000), // a button that nothing answers can be tapped again
        });
        if (response.status === 401) location.reload();
        const told = await response.json();
        message.textContent = response.ok ? `${button.textContent}: ${words.done}` : told.message;
      } catch (_) {
        message.textContent = words.needs_network;
      } finally {
        button.disabled = false;
      }
    });
  }
})();
