/* Fetches the files of the download menus: says in the menu how far each is, and saves it once it is made. */
(() => {
  "use strict";
  const underway = new Set();

  function lineOf(link) {
    const status = link.closest(".sk-away").querySelector(".sk-underway");
    status.querySelectorAll("p").forEach(line => line.dataset.file === link.href && line.remove());
    const line = document.createElement("p");
    const name = document.createElement("strong");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    line.dataset.file = link.href;
    name.textContent = link.textContent;
    bar.setAttribute("aria-label", link.textContent);
    said.textContent = status.dataset.begun;
    line.append(name, " ", bar, " ", said);
    status.append(line);
    const say = text => { if (said.textContent !== text) said.textContent = text; };
    return { say, end: text => { bar.remove(); say(text); }, words: status.dataset };
  }

  /* The server holds its answer back for a moment, so asking again is no hurry. */
  async function made(address, say) {
    for (;;) {
      const answer = await fetch(address, { headers: { Prefer: "respond-async" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      if (answer.status !== 202) return answer;
      say(await answer.text());
    }
  }

  async function save(answer) {
    const told = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = told ? told[1] : "";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
  }

  async function take(link) {
    const address = link.href;
    if (underway.has(address)) return;
    underway.add(address);
    const { say, end, words } = lineOf(link);
    try {
      await save(await made(address, say));
      end(words.saved);
    } catch {
      end(words.failed);
    }
    underway.delete(address);
  }

  addEventListener("click", event => {
    const link = event.target instanceof Element && event.target.closest(".sk-away a[download]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    take(link);
  });
})();
