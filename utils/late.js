// The charts' engine is large, and reading it would stop the map from drawing. So it waits for the map.
const longest = 4000, settle = 80, began = performance.now();
const running = () => !document.querySelector('.stApp[data-test-script-state="notRunning"]');
const drawing = () => [...document.querySelectorAll("iframe")].some(frame => {
  const inside = frame.contentDocument;
  return inside && frame.title.includes("folium") && !inside.querySelector("[data-samaki-ready]");
});
await new Promise(resolve => {
  let quiet = 0;
  const look = () => {
    const now = performance.now();
    if (running() || drawing()) quiet = 0;
    else quiet = quiet || now;
    if ((quiet && now - quiet >= settle) || now - began >= longest) resolve();
    else setTimeout(look, 25);
  };
  look();
});
const engine = await import(ENGINE);
