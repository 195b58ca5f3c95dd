/* Tables as they stand in the page: sorts them, looks words up, shows 25 rows at a time, cards on a phone.
   Without this script all rows show, in the order of the record. */
(() => {
  "use strict";
  const STEP = 25;
  const AMOUNT = /^(?:\S+\s)?[A-Z]{3}\s\d|^(?:\S+\s)?\d[\d\s.,]*\s[A-Z]{3}\b/;  // USD 1,500 or 1 500 USD
  const KHMER_ZERO = 0x17e0;
  const phone = matchMedia("(max-width:40rem)");
  const widths = new ResizeObserver(entries => entries.forEach(entry => measure(entry.target)));

  const western = text => text.replace(/[\u17e0-\u17e9]/g, sign => String(sign.charCodeAt(0) - KHMER_ZERO));
  const plain = text => western(text.normalize("NFKC")).toLocaleLowerCase();

  function make(name, attributes, text) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text) element.textContent = text;
    return element;
  }

  /* A number as it is written in the language: separators of thousands go, the decimal sign becomes a point. */
  function numberOf(text, decimal) {
    const found = /[-−]?\d[\d\s.,\u00a0\u202f]*/.exec(western(text));
    if (!found) return null;
    const digits = [...found[0]].filter(sign => /\d/.test(sign) || sign === decimal).join("");
    const value = Number(digits.replace(decimal, ".").replace(/[.]$/, ""));
    if (Number.isNaN(value)) return null;
    return /^[-−]/.test(found[0]) ? -value : value;
  }

  /* A day or month as the language writes it, as a number that sorts: 10 March 2026 is 20260310. */
  function dayOf(text, months) {
    const said = western(text.trim()).toLocaleLowerCase();
    const iso = /^(\d{4})-(\d\d)(?:-(\d\d))?/.exec(said);
    if (iso) return Number(iso[1]) * 10000 + Number(iso[2]) * 100 + Number(iso[3] || 0);
    const year = /(\d{4})\D*$/.exec(said);
    if (!year || said.length > 40) return null;
    const day = /^(\d{1,2})\s+/.exec(said);
    const after = day ? said.slice(day[0].length) : said;
    const month = months.findIndex(name => after.startsWith(name));
    if (month < 0) return null;
    return Number(year[1]) * 10000 + (month + 1) * 100 + (day ? Number(day[1]) : 0);
  }

  function valueOf(cell, words, numeric) {
    const held = cell.querySelector("[data-value]") || cell;
    if (held.dataset.value && !Number.isNaN(Number(held.dataset.value))) return Number(held.dataset.value);
    const time = cell.querySelector("time[datetime]");
    const text = (time ? time.dateTime : cell.textContent).trim();
    if (!text || text === "—") return null;
    if (numeric || AMOUNT.test(text)) return numberOf(text, words.decimal);
    const day = dayOf(text, words.months);
    return day === null ? text : day;
  }

  /* Numbers and days before words, what is empty last whichever way the rows run. */
  function order(one, other, way, collator) {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    return way * (typeof one === "number" ? one - other : collator.compare(one, other));
  }

  function measure(box) {
    const table = box.querySelector("table");
    if (table) box.classList.toggle("sk-wide", table.scrollWidth > box.clientWidth + 1);
  }

  /* A table that is shown as cards loses its meaning for a screen reader unless the parts say what they are. */
  function describe(table, heads) {
    if (!phone.matches || table.getAttribute("role")) return;
    table.setAttribute("role", "table");
    table.querySelectorAll("thead,tbody").forEach(part => part.setAttribute("role", "rowgroup"));
    table.querySelectorAll("tr").forEach(row => row.setAttribute("role", "row"));
    table.querySelectorAll("th").forEach(cell => cell.setAttribute("role", "columnheader"));
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach((cell, index) => {
        cell.setAttribute("role", "cell");
        cell.dataset.label = heads[index];
      });
    }
  }

  function enhance(box) {
    const table = box.querySelector("table");
    box.dataset.ready = "";
    if (!table || !table.tBodies[0] || table.querySelector("[rowspan],[colspan],tbody th")) return;
    const body = table.tBodies[0], all = [...body.rows], cells = [...table.tHead.rows[0].cells];
    const lang = table.lang.slice(0, 2) || "en";
    const collator = new Intl.Collator(lang, { numeric: true });
    const words = { decimal: box.dataset.decimal, months: box.dataset.months.split("|") };
    let rows = all, shown = STEP, sought = "";

    const foot = make("div", { class: "sk-table-foot" });
    const more = make("button", { type: "button" }, box.dataset.more);
    const none = make("p", { class: "sk-empty", role: "status", hidden: "" }, box.dataset.none);
    foot.append(none, more);

    function show() {
      const matching = rows.filter(row => !sought || plain(row.textContent).includes(sought));
      const visible = new Set(matching.slice(0, shown));
      all.forEach(row => { row.hidden = !visible.has(row); });
      more.hidden = matching.length <= shown;
      none.hidden = matching.length > 0;
      measure(box);
    }

    more.addEventListener("click", () => {
      const first = rows.filter(row => row.hidden && (!sought || plain(row.textContent).includes(sought)))[0];
      shown += STEP;
      show();
      if (more.hidden && first) {
        first.tabIndex = -1;
        first.focus({ preventScroll: true });
      }
    });

    function sort(index, head) {
      const numeric = head.classList.contains("sk-num");
      const before = head.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric;
      cells.forEach(cell => cell.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const values = new Map(all.map(row => [row, valueOf(row.cells[index], words, numeric)]));
      rows = [...all].sort((one, other) => order(values.get(one), values.get(other), down ? -1 : 1, collator));
      body.append(...rows);
      show();
    }

    cells.forEach((head, index) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => sort(index, head));
    });
    if (all.length > STEP) {
      const bar = make("div", { class: "sk-table-bar" });
      const field = make("input", { type: "search", "aria-label": box.dataset.search, placeholder: box.dataset.search });
      field.addEventListener("input", () => {
        sought = plain(field.value.trim());
        shown = STEP;
        show();
      });
      bar.append(field);
      box.before(bar);
      box.after(foot);
    }
    const heads = cells.map(cell => cell.textContent);
    describe(table, heads);
    phone.addEventListener("change", () => describe(table, heads));
    box.classList.add("sk-cards-on-phone");
    widths.observe(box);
    show();
  }

  const look = () => document.querySelectorAll(".sk-table[data-more]:not([data-ready])").forEach(enhance);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})();
