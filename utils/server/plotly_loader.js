// The charts' engine is large, and reading it would keep the map from drawing. So it waits for the map.
const longest = 4000, unseen = 1500, settle = 60, began = performance.now();
const frames = () => [...document.querySelectorAll('iframe[title*="folium"]')];
const running = () => !document.querySelector('.stApp[data-test-script-state="notRunning"]');
const coming = now => now - began < unseen && !frames().length
  && document.querySelector('link[href*="/ComponentInstance."]');
const drawing = () => frames().some(
  frame => frame.contentDocument && !frame.contentDocument.querySelector("[data-samaki-ready]"));
await new Promise(resolve => {
  let quiet = 0;
  const look = () => {
    const now = performance.now();
    if (running() || coming(now) || drawing()) quiet = 0;
    else quiet = quiet || now;
    if ((quiet && now - quiet >= settle) || now - began >= longest) resolve();
    else setTimeout(look, 25);
  };
  look();
});
const engine = await import(ENGINE);
