/* Keeps the document's language at that of the address: screen readers choose their voice by it. */
(function () {
  "use strict";
  function tell() {
    var lang = new URLSearchParams(location.search).get("lang");
    if (["en", "fr", "km"].indexOf(lang) >= 0) document.documentElement.lang = lang;
  }
  ["pushState", "replaceState"].forEach(function (name) {
    var before = history[name];
    history[name] = function () {
      before.apply(this, arguments);
      tell();
    };
  });
  addEventListener("popstate", tell);
  tell();
})();
