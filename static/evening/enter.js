// The entry page: a queue in the browser, sent once each, whatever the network does.
"use strict";

(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words || "{}");
  const base = `/evening/${body.dataset.evening}/`;
  const STORE = `samaki-queue-${body.dataset.evening}`;
  const REFRESH = 4000;
  const $ = (id) => document.getElementById(id);
  const message = $("message");

  function key() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function ask(path, content) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), 8000);
    try {
      const options = { signal: control.signal, cache: "no-store", credentials: "same-origin" };
      if (content !== undefined) {
        options.method = "POST";
        options.headers = { "Content-Type": "application/json" };
        options.body = JSON.stringify(content);
      }
      const response = await fetch(`${base}${path}?${body.dataset.query}`, options);
      let told = {};
      try {
        told = await response.json();
      } catch (_) {
        told = {};
      }
      return { status: response.status, told };
    } catch (_) {
      return { status: 0, told: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  function say(text, good) {
    message.textContent = text || "";
    message.className = good ? "good" : "bad";
  }

  const pinForm = $("pin-form");
  if (pinForm) {
    pinForm.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = pinForm.querySelector("button");
      button.disabled = true;
      const { status, told } = await ask("pin", {
        pin: pinForm.pin.value.trim(),
        volunteer: pinForm.volunteer.value,
      });
      button.disabled = false;
      if (status === 200) location.reload();
      else say(told.message || words.needs_network);
    });
    return;
  }

  const form = $("entry-form");
  if (!form) return;
  const reading = $("reading");
  let queue = load();
  let lines = [];
  let waiting = [];
  let correcting = null;
  let sending = false;
  let lastEntry = 0;

  function load() {
    try {
      return JSON.parse(localStorage.getItem(STORE)) || [];
    } catch (_) {
      return [];
    }
  }

  function save() {
    localStorage.setItem(STORE, JSON.stringify(queue));
  }

  function typed() {
    const goods = form.way.value === "goods";
    return {
      kind: form.kind.value,
      way: form.way.value,
      currency: goods ? "" : form.currency.value,
      amount: goods ? "" : form.amount.value,
      goods: goods ? form.goods.value : "",
      quantity: goods ? form.quantity.value : "",
      place: form.place.value,
      organisation: form.organisation.value,
      consent: form.consent.checked,
    };
  }

  function decimals() {
    return Number(form.currency.selectedOptions[0].dataset.decimals);
  }

  function trouble(entry) {
    if (entry.organisation.trim() && !entry.consent) return words.consent;
    if (entry.way === "goods") return entry.goods.trim() ? "" : words.missing;
    const read = readAmount(entry.amount, decimals());
    return read.trouble ? words[`amount_${read.trouble}`] : "";
  }

  function shown(entry) {
    if (entry.way === "goods") return `${entry.quantity ? `${entry.quantity} × ` : ""}${entry.goods}`;
    return `${entry.currency} ${entry.amount}`;
  }

  function readBack() {
    const goods = form.way.value === "goods";
    form.querySelector(".goods").hidden = !goods;
    form.querySelector(".money").hidden = goods;
    reading.textContent = "";
    reading.className = "";
    if (goods || !form.amount.value.trim()) return;
    const read = readAmount(form.amount.value, decimals());
    if (read.trouble) {
      reading.textContent = words[`amount_${read.trouble}`];
      reading.className = "bad";
    } else {
      const signs = JSON.parse(body.dataset.signs);
      reading.textContent = `= ${writtenAmount(read.minor, decimals(), signs)} ${form.currency.value}`;
    }
  }

  function clear() {
    for (const name of ["amount", "goods", "quantity", "organisation"]) form[name].value = "";
    form.consent.checked = false;
    readBack();
  }

  form.addEventListener("input", readBack);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const now = Date.now();
    const entry = typed();
    const wrong = trouble(entry);
    if (wrong) {
      if (now - lastEntry > 700) say(wrong); // the second tap of a double tap finds an empty form
      return;
    }
    lastEntry = now;
    if (correcting) {
      correct(entry);
      return;
    }
    queue.push({ key: key(), entry, at: now });
    save();
    say(`${words.saved} ${shown(entry)}`, true);
    clear();
    draw();
    flush();
  });

  async function flush() {
    if (sending) return;
    sending = true;
    try {
      let next;
      while ((next = queue.find((item) => !item.refused))) {
        const content = { ...next.entry, key: next.key, age_ms: Date.now() - next.at };
        next.tried = true;
        save();
        const { status, told } = await ask("entries", content);
        next = queue.find((item) => item.key === next.key) || next;
        if (status === 200 && next.undone && !(await takeBack(told))) {
          online(false);
          return;
        }
        if (status === 200) {
          queue = queue.filter((item) => item.key !== next.key);
          if (!next.undone) {
            lines = [told, ...lines.filter((line) => line.id !== told.id)];
            say(told.state === "apart" ? `${told.given}: ${words.apart}` : `${words.sent} ${told.given}`, true);
          }
        } else if (status === 401) {
          save();
          location.reload();
          return;
        } else if (final(status) && next.undone) {
          queue = queue.filter((item) => item.key !== next.key);
        } else if (final(status)) {
          next.refused = told.message || words.refused;
        } else {
          online(false);
          return;
        }
        online(true);
        save();
        draw();
      }
      await refresh();
    } finally {
      sending = false;
    }
  }

  function final(status) {
    return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
  }

  // The server may hold an entry whose answer was lost: it is undone there too, whenever the network is back.
  async function takeBack(line) {
    const sent = { entry: line.id, reason: "undo", key: `undo-${line.id}` };
    let answer = await ask("counter", sent);
    if (answer.status === 409 && answer.told.code !== "AlreadyCountered") {
      answer = await ask("counter", { ...sent, reason: "mistyped", key: `late-${line.id}` });
    }
    if (answer.status === 200) say(`${line.given}: ${words.countered}`, true);
    return answer.status === 200 || final(answer.status);
  }

  async function refresh() {
    const { status, told } = await ask("lines");
    if (status === 401) {
      location.reload();
      return;
    }
    online(status === 200);
    if (status !== 200) return;
    lines = told.lines;
    waiting = told.waiting;
    $("sums").textContent = told.sums;
    draw();
  }

  function online(yes) {
    $("state").textContent = yes ? words.online : words.offline;
    $("state").className = yes ? "online" : "offline";
  }

  async function act(path, content) {
    const { status, told } = await ask(path, content);
    if (status === 200) say(`${told.given}: ${words[told.state]}`, true);
    else say(told.message || words.needs_network);
    if (status !== 0) await refresh();
    return status === 200;
  }

  async function correct(entry) {
    const reason = form.reason.value;
    const sent = { entry: correcting.line.id, reason, key: correcting.key, replacement: entry };
    if (await act("counter", sent)) leave();
  }

  function begin(line) {
    correcting = { line, key: key() };
    $("correcting").textContent = `${words.correcting} ${line.given} · ${line.about}`;
    for (const id of ["correcting", "reasons", "take-out", "leave"]) $(id).hidden = false;
    form.kind.value = line.kind;
    form.way.value = line.way;
    if (line.currency) form.currency.value = line.currency;
    form.goods.value = line.goods;
    form.quantity.value = line.quantity || "";
    form.place.value = line.place;
    form.organisation.value = line.organisation;
    form.consent.checked = Boolean(line.organisation);
    form.amount.value = "";
    form.querySelector("[name=reason][value=paid]").parentElement.hidden = line.kind !== "pledge";
    form.reason.value = "mistyped";
    readBack();
    form.scrollIntoView();
    (line.way === "goods" ? form.goods : form.amount).focus();
  }

  function leave() {
    correcting = null;
    for (const id of ["correcting", "reasons", "take-out", "leave"]) $(id).hidden = true;
    clear();
  }

  // A promise that is paid becomes a gift of what was promised.
  $("reasons").addEventListener("change", () => {
    if (form.reason.value !== "paid") return;
    form.kind.value = "gift";
    form.amount.value = correcting.line.amount;
    readBack();
  });

  $("leave").addEventListener("click", leave);
  $("take-out").addEventListener("click", async () => {
    const sent = { entry: correcting.line.id, reason: form.reason.value, key: correcting.key };
    if (await act("counter", sent)) leave();
  });

  $("sign-out").addEventListener("click", async () => {
    if (queue.length) {
      say(words.unsent);
      message.scrollIntoView({ block: "center" });
      return;
    }
    const { status, told } = await ask("leave", {});
    if (status === 200) location.reload();
    else say(told.message || words.needs_network);
  });

  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(text, action) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", async () => {
      made.disabled = true;
      await action();
      made.disabled = false;
    });
    return made;
  }

  function row(given, about, state, className, ...buttons) {
    const item = document.createElement("li");
    item.className = className;
    item.append(element("b", given), element("span", about), element("i", state), ...buttons);
    return item;
  }

  function draw() {
    const kept = queue.map((item) =>
      row(
        shown(item.entry),
        item.entry.place,
        item.refused ? `${words.refused}: ${item.refused}` : item.undone ? words.undoing : words.kept,
        item.refused ? "refused" : "kept",
        ...(item.undone ? [] : [button(item.refused ? words.dismiss : words.undo, () => {
          if (item.tried && !item.refused) item.undone = true;
          else queue = queue.filter((other) => other.key !== item.key);
          save();
          if (item.refused) {
            form.amount.value = item.entry.amount;
            form.goods.value = item.entry.goods;
            form.organisation.value = item.entry.organisation;
            readBack();
          }
          draw();
        })]),
      ),
    );
    const written = lines.map((line) => {
      const buttons = [];
      if (line.state !== "countered") {
        if (line.mine) {
          buttons.push(
            button(words.undo, () => act("counter", { entry: line.id, reason: "undo", key: `undo-${line.id}` })),
          );
        }
        buttons.push(button(words.correct, () => begin(line)));
      }
      const state = line.state === "countered" ? `${words.countered}: ${line.reason}` : words[line.state];
      return row(line.given, `${line.about} · ${words.by} ${line.by}`, state, line.state, ...buttons);
    });
    $("entries").replaceChildren(...kept, ...written);
    $("waiting").replaceChildren(
      ...waiting.map((line) =>
        row(
          line.given,
          `${line.about} · ${words.by} ${line.by}`,
          "",
          "waiting",
          ...(line.mine ? [] : [button(words.confirm, () => act("confirm", { entry: line.id }))]),
        ),
      ),
    );
    $("waiting-part").hidden = waiting.length === 0;
  }

  addEventListener("online", flush);
  addEventListener("storage", () => {
    queue = load();
    draw();
  });
  setInterval(() => (queue.some((item) => !item.refused) ? flush() : refresh()), REFRESH);
  draw();
  flush();
  readBack();
})();
