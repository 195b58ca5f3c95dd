// The wall: asks once a second what is new, keeps every scene it has, and never goes blank.
"use strict";

(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  const query = new URLSearchParams(body.dataset.query);
  const stage = document.getElementById("stage");
  const strip = document.getElementById("strip");
  const note = document.getElementById("note");
  const layers = [...document.querySelectorAll(".layer")];
  const POLL = 1000;
  const PATIENCE = 4000;
  const QUIET = 2500; // a failure shorter than this is nobody's business
  const LATE = 1000; // a tick that comes later than this comes from a page that slept
  const FORGOTTEN = 10000; // the remote said "next" so long ago that nobody waits for it
  const scenes = new Map(); // "name|lang|shape" -> {version, html}
  const template = document.createElement("template");

  let turns = [];
  let at = -1;
  let shown = null;
  let spent = 0; // how long the scene was shown, sleep not counted
  let ticked = performance.now();
  let after = "";
  let heard = 0; // when the server was asked for what it answered last
  let paused = false;
  let strips = {};
  let failedAt = 0;
  let polling = false;
  let fetching = false;

  const shape = () => (innerWidth / innerHeight >= 1.5 ? "wide" : "classic");
  const keyOf = (turn) => `${turn.name}|${turn.lang}|${shape()}`;

  // Reads the answer to its end within our patience: a network may stop in the middle of it.
  async function get(address, kind) {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), PATIENCE);
    try {
      const response = await fetch(address, { signal: control.signal, cache: "no-store" });
      return response.ok ? await response[kind]() : null;
    } finally {
      clearTimeout(timer);
    }
  }

  function address(path, more) {
    const all = new URLSearchParams(query);
    for (const [name, value] of Object.entries(more)) all.set(name, value);
    return `${path}?${all}`;
  }

  async function poll() {
    if (polling) return;
    polling = true;
    const asked = Date.now();
    if (asked - heard > FORGOTTEN) after = "";
    try {
      const told = await get(address("/wall/state", { after }), "json");
      if (!told) throw new Error("no state");
      take(told);
      heard = asked;
      failedAt = 0;
    } catch (_) {
      failedAt = failedAt || Date.now();
    } finally {
      polling = false;
    }
    tell();
    if (!failedAt) await refresh();
  }

  function take(told) {
    if (told.turns && told.turns.length) {
      const current = turns[at];
      turns = told.turns;
      const again = current ? turns.findIndex((t) => t.name === current.name && t.lang === current.lang) : -1;
      at = again >= 0 ? again : Math.min(Math.max(at, 0), turns.length - 1);
    }
    strips = told.strip;
    const first = after === "";
    after = String(told.control.seq);
    for (const command of told.control.commands) obey(command, first);
  }

  async function refresh() {
    if (fetching) return;
    fetching = true;
    try {
      const wanted = turns.length ? [...turns.slice(at), ...turns.slice(0, at)] : [];
      for (const turn of wanted) {
        const key = keyOf(turn);
        const known = scenes.get(key);
        if (known && known.version === turn.version) continue;
        const more = { lang: turn.lang, shape: shape() };
        const html = await get(address(`/wall/scene/${turn.name}`, more), "text");
        if (!html) continue;
        scenes.set(key, { version: turn.version, html });
        if (turn === turns[at]) show();
      }
      const needed = new Set(turns.map(keyOf));
      for (const key of scenes.keys()) if (!needed.has(key)) scenes.delete(key);
      stage.dataset.scenes = String(scenes.size);
    } catch (_) {
      failedAt = failedAt || Date.now();
    } finally {
      fetching = false;
    }
  }

  function show() {
    const turn = turns[at];
    const scene = turn && scenes.get(keyOf(turn));
    if (!scene) return;
    const mark = `${keyOf(turn)}|${scene.version}|${today()}`;
    if (mark === shown) return;
    const same = shown && shown.startsWith(`${keyOf(turn)}|`);
    template.innerHTML = scene.html;
    const fresh = template.content.firstElementChild;
    age(fresh);
    if (same) {
      layers[0].replaceChildren(fresh); // a new number, no new scene
    } else {
      layers.reverse();
      layers[0].replaceChildren(fresh);
      layers[0].classList.add("shown");
      layers[1].classList.remove("shown");
      spent = 0;
    }
    shown = mark;
    tell();
  }

  const today = () => new Date().toISOString().slice(0, 10);

  function age(scene) {
    const day = today();
    for (const line of scene.querySelectorAll("[data-amber-from]")) {
      if (line.dataset.amberFrom <= day) line.classList.add("amber");
    }
    for (const code of scene.querySelectorAll(".gift-code")) {
      if (code.dataset.until >= day) continue; // the day changed while the server was away
      code.replaceChildren(code.dataset.expired);
      code.classList.add("expired");
    }
  }

  function move(step) {
    if (!turns.length) return;
    for (let tried = 0; tried < turns.length; tried += 1) {
      at = (at + step + turns.length) % turns.length;
      if (scenes.has(keyOf(turns[at]))) break;
    }
    spent = 0;
    show();
  }

  function tick() {
    const now = performance.now();
    spent += Math.min(now - ticked, LATE);
    ticked = now;
    const turn = turns[at];
    if (!turn) return;
    show();
    if (!paused && spent >= turn.seconds * 1000) move(1);
    tell();
  }

  function obey(command, first) {
    if (command === "pause") paused = true;
    if (command === "play") paused = false;
    if (command === "blank") body.classList.add("blank");
    if (command === "unblank") body.classList.remove("blank");
    if (command === "dark" || command === "light") body.dataset.theme = command;
    if (first) return;
    if (command === "next") move(1);
    if (command === "previous") move(-1);
  }

  function tell() {
    const lang = turns[at] ? turns[at].lang : "en";
    const html = strips[lang] || "";
    if (strip.dataset.html !== html) {
      strip.innerHTML = html;
      strip.dataset.html = html;
    }
    stage.lang = lang;
    let text = "";
    if (failedAt && Date.now() - failedAt >= QUIET) {
      const digit = (ascii) => words[lang].digits[ascii];
      const time = new Date(failedAt).toTimeString().slice(0, 5).replace(/[0-9]/g, digit);
      text = words[lang].offline.replace("{time}", time);
    } else if (paused) {
      text = words[lang].paused;
    }
    if (note.textContent !== text) note.textContent = text;
  }

  addEventListener("keydown", (event) => {
    if (event.key === " ") paused = !paused;
    else if (event.key === "ArrowRight") move(1);
    else if (event.key === "ArrowLeft") move(-1);
    else if (event.key === "b") body.classList.toggle("blank");
    else return;
    event.preventDefault();
    tell();
  });
  addEventListener("resize", () => refresh().then(show));
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL);
  setInterval(tick, 250);
  poll();
})();
