/* The bar: pages change without a reload, a language keeps the view, the menu closes, theme and print. */
(() => {
  "use strict";
  const pages = new Set(document.currentScript.dataset.pages.split(" "));
  const names = { light: "Light", dark: "Dark", system: "System" };

  function plain(event) {
    return !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  }

  const menu = () => document.querySelector(".sk-menu");

  function close(focus) {
    const open = menu();
    if (!open || !open.open) return;
    open.open = false;
    if (focus) open.querySelector("summary").focus();
  }

  /* Streamlit opens the page of an address that the browser has gone to. */
  function go(address) {
    history.pushState({}, "", address);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector("[data-testid=stMain]");
    if (main) main.scrollTop = 0;
  }

  const base = () => new URL(document.baseURI).pathname.replace(/[^/]*$/, "");

  function pageOf(address) {
    if (address.origin !== location.origin || !address.pathname.startsWith(base())) return null;
    const name = address.pathname.slice(base().length);
    return pages.has(name || "overview") ? name : null;
  }

  function follow(event, link) {
    const address = new URL(link.href, document.baseURI);
    if (link.dataset.language !== undefined) {
      const here = new URL(location.href), asked = address.searchParams;
      ["lang", "digits"].forEach(name => {
        if (asked.has(name)) here.searchParams.set(name, asked.get(name));
        else here.searchParams.delete(name);
      });
      event.preventDefault();
      location.assign(here);
      return;
    }
    if (link.target || link.hasAttribute("download")) return;
    const page = pageOf(address);
    if (page === null || page === pageOf(new URL(location.href))) return;
    event.preventDefault();
    close(false);
    go(address);
  }

  /* Streamlit keeps the theme by the path that was opened first: a choice is written for each page. */
  function themeKey(page) {
    return `stActiveTheme-${base()}${page}-v2`;
  }

  function theme() {
    try {
      const kept = JSON.parse(localStorage.getItem(themeKey("")));
      return Object.keys(names).find(key => kept === names[key]) || "system";
    } catch {
      return "system";
    }
  }

  function choose(wanted) {
    ["", ...pages].forEach(page => localStorage.setItem(themeKey(page), JSON.stringify(names[wanted])));
    location.reload();
  }

  function closeTools(except) {
    document.querySelectorAll(".sk-tool[open]").forEach(one => {
      if (one === except) return;
      if (one.contains(document.activeElement)) one.querySelector("summary").focus();
      one.open = false;
    });
  }

  /* The address of a view is written into the clipboard; where that is not allowed it is shown to be copied. */
  async function copy(button) {
    const address = new URL(button.dataset.copy, document.baseURI).href, name = button.textContent;
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = name; }, 2000);
    } catch {
      prompt(button.dataset.kept, address);
    }
  }

  /* The page is shown once its first run has ended: until then each part would push down the next. */
  function show() {
    const app = document.querySelector(".stApp");
    // our rules stand before those of the framework at the first byte, and after them once it has its own
    const rules = document.getElementById("sk-rules");
    if (app && rules && rules !== document.head.lastElementChild) document.head.append(rules);
    if (!app || app.dataset.testScriptState !== "notRunning" || !document.querySelector(".sk-page-foot")) return false;
    document.documentElement.classList.add("sk-shown");
    return true;
  }
  const waiting = new MutationObserver(() => { if (show()) waiting.disconnect(); });
  waiting.observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"] });

  function mark() {
    const now = theme();
    document.querySelectorAll("[data-theme]").forEach(button => {
      button.setAttribute("aria-pressed", String(button.dataset.theme === now));
    });
  }

  addEventListener("click", event => {
    if (!(event.target instanceof Element) || !plain(event)) return;
    const link = event.target.closest(".stApp a[href]");
    if (link) return follow(event, link);
    const themed = event.target.closest("[data-theme]");
    if (themed) return choose(themed.dataset.theme);
    if (event.target.closest("[data-print]")) {
      close(true);
      return print();
    }
    const copier = event.target.closest("[data-copy]");
    if (copier) return copy(copier);
    if (!event.target.closest(".sk-menu")) close(false);
    closeTools(event.target.closest(".sk-tool"));
  });
  addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    close(true);
    closeTools(null);
  });
  addEventListener("toggle", event => {
    if (event.target === menu()) {
      mark();
      document.documentElement.classList.toggle("sk-menu-open", event.target.open);
    }
  }, true);
})();
