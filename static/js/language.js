/* Keeps the document's language at that of the address: screen readers choose their voice by it. */
(function () {
  "use strict";
  var known = document.currentScript.dataset.languages.split(" ");
  function follow() {
    var lang = new URLSearchParams(location.search).get("lang");
    if (known.indexOf(lang) >= 0) document.documentElement.lang = lang;
  }
  ["pushState", "replaceState"].forEach(function (name) {
    var before = history[name];
    history[name] = function () {
      before.apply(this, arguments);
      follow();
    };
  });
  addEventListener("popstate", follow);
  follow();
})();
