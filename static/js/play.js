/* Play: steps the slider beside the button through its days by its own keys; a second press stops. */
(() => {
  "use strict";
  const STEP = 1600;
  let timer = 0, playing = null;

  const find = () => {
    const box = playing && playing.closest("[class*=st-key-linked-controls]");
    return box && box.querySelector("[role=slider]");
  };

  const press = (slider, key) => ["keydown", "keyup"].forEach(kind =>
    slider.dispatchEvent(new KeyboardEvent(kind, { key, code: key, bubbles: true, cancelable: true })));

  const at = (slider, name) => Number(slider.getAttribute(`aria-value${name}`));

  function stop() {
    clearInterval(timer);
    if (playing) {
      playing.textContent = playing.dataset.play;
      playing.removeAttribute("aria-pressed");
    }
    playing = null;
  }

  function step() {
    const slider = find();
    if (!slider || document.hidden || at(slider, "now") >= at(slider, "max")) return stop();
    press(slider, "ArrowRight");
  }

  function start(button) {
    playing = button;
    const slider = find();
    if (!slider) return stop();
    button.dataset.play = button.textContent;
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    if (at(slider, "now") >= at(slider, "max"))
      for (let back = at(slider, "max") - at(slider, "min"); back > 0; back--) press(slider, "ArrowLeft");
    else press(slider, "ArrowRight");
    timer = setInterval(step, STEP);
  }

  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest(".sk-play");
    if (!button) return;
    const again = button === playing;
    stop();
    if (!again) start(button);
  });
})();
