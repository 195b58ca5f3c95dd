/* Play: steps the slider beside the button through its days; a second press stops. */
(() => {
  "use strict";
  const STEP = 1600;
  let timer = 0, playing = null;

  const find = () => {
    const box = playing && playing.closest("[class*=st-key-linked-controls]");
    return box && box.querySelector("input[type=range]");
  };

  /* The slider takes a value as settled when one of its own keys has set it. */
  const press = (slider, key) => ["keydown", "keyup"].forEach(kind =>
    slider.dispatchEvent(new KeyboardEvent(kind, { key, code: key, bubbles: true, cancelable: true })));

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
    if (!slider || document.hidden || Number(slider.value) >= Number(slider.max)) return stop();
    if (!document.querySelector("[data-test-script-state=running]")) press(slider, "ArrowRight");
  }

  function start(button) {
    playing = button;
    const slider = find();
    if (!slider) return stop();
    button.dataset.play = button.textContent;
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    const ended = Number(slider.value) >= Number(slider.max);
    press(slider, ended ? "Home" : "ArrowRight");
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
