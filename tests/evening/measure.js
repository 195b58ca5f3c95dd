() => {
  const problems = [];
  const stage = document.getElementById("stage").getBoundingClientRect();
  const smallest = innerHeight * 0.03;
  const safe = { left: innerWidth * 0.05 - 1, right: innerWidth * 0.95 + 1, top: innerHeight * 0.05 - 1, bottom: innerHeight * 0.95 + 1 };
  const light = (c) => {
    const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const rgb = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  const ground = rgb(getComputedStyle(document.body).backgroundColor).slice(0, 3);
  const shown = document.querySelector(".layer.shown");
  const places = [shown, document.querySelector(".strip")];
  for (const place of places) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim();
      const parent = walker.currentNode.parentElement;
      if (!text || !parent.getClientRects().length) continue;
      const style = getComputedStyle(parent);
      const scale = parent.ownerSVGElement ? parent.getScreenCTM().a : 1;
      const size = parseFloat(style.fontSize) * scale;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const name = `"${text.slice(0, 30)}"`;
      if (size < smallest) problems.push(`${name} is ${((size / innerHeight) * 100).toFixed(2)} % high`);
      for (const box of range.getClientRects()) {
        const middle = (box.top + box.bottom) / 2; // of the line: its box is taller than its letters
        const [high, low] = [middle - size / 2, middle + size / 2];
        if (box.left < safe.left || box.right > safe.right || high < safe.top || low > safe.bottom) {
          problems.push(`${name} leaves the safe area`);
          break;
        }
      }
      const colour = rgb(parent.ownerSVGElement ? style.fill : style.color).slice(0, 3);
      const ratio = contrast(colour, ground);
      if (ratio < 7) problems.push(`${name} has a contrast of ${ratio.toFixed(1)}`);
    }
  }
  const scene = shown.firstElementChild;
  const parts = ["h1", ".body", "footer"].map((name) => scene.querySelector(`:scope > ${name}`));
  const content = parts[1].firstElementChild.getBoundingClientRect();
  const above = parts[0].getBoundingClientRect().bottom;
  const below = parts[2].getBoundingClientRect().top;
  if (content.top < above - 2 || content.bottom > below + 2) problems.push("the body runs into title or foot");
  const strip = document.querySelector(".strip").getBoundingClientRect();
  if (parts[2].getBoundingClientRect().bottom > strip.top + 2) problems.push("the foot runs into the strip");
  if (document.documentElement.scrollHeight > innerHeight) problems.push("the page scrolls");
  if (getComputedStyle(document.body).cursor !== "none") problems.push("the cursor shows");
  const texts = [...shown.querySelectorAll("svg text")].map((e) => [e.textContent, e.getBoundingClientRect()]);
  texts.forEach(([one, a], i) =>
    texts.slice(i + 1).forEach(([two, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 3 && high > a.height * 0.35) problems.push(`"${one}" lies over "${two}"`);
    }),
  );
  for (const needed of [".asof", ".source", ".code svg"]) {
    const found = shown.querySelector(needed);
    if (!found || !found.getBoundingClientRect().height) problems.push(`no ${needed}`);
  }
  return problems.map((p) => `${scene.dataset.scene} ${scene.lang} ${stage.width.toFixed(0)}: ${p}`);
}
