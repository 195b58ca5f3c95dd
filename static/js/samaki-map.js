/* Draws the layers of Samaki on a Leaflet map. Text from data only ever becomes text nodes. */
(function () {
  "use strict";
  var FOCUSABLE = 300;
  var EDGE = 2;
  var CREDITS = 24;
  /* pixels from a point to its name, beside the usual 13 above it: a hub has a large mark */
  var SHIFT = { province: 0, hub: -21 };
  var LINE = 20;

  function el(name, text, className) {
    var node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  }

  function patterns(colour) {
    var ns = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(ns, "svg");
    svg.setAttribute("width", "0");
    svg.setAttribute("height", "0");
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    var defs = document.createElementNS(ns, "defs");
    [["sk-hatch", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"], ["sk-dots", "M2,2 h1.6 M6,6 h1.6"]].forEach(function (one) {
      var pattern = document.createElementNS(ns, "pattern");
      pattern.setAttribute("id", one[0]);
      pattern.setAttribute("width", "8");
      pattern.setAttribute("height", "8");
      pattern.setAttribute("patternUnits", "userSpaceOnUse");
      var path = document.createElementNS(ns, "path");
      path.setAttribute("d", one[1]);
      path.setAttribute("stroke", colour);
      path.setAttribute("stroke-width", "1.6");
      pattern.appendChild(path);
      defs.appendChild(pattern);
    });
    svg.appendChild(defs);
    document.body.appendChild(svg);
  }

  function fillOf(fill) {
    if (fill === "hatch") return "url(#sk-hatch)";
    if (fill === "dots") return "url(#sk-dots)";
    return fill;
  }

  function tipContent(state, title, lines) {
    var box = el("div");
    box.lang = state.lang;
    box.appendChild(el("b", title));
    lines.forEach(function (line) { box.appendChild(el("span", line)); });
    return box;
  }

  function showTip(state, latlng, title, lines) {
    if (!state.tip) {
      state.tip = L.tooltip({ className: "sk-tip", direction: "auto", opacity: 1, sticky: false });
    }
    state.tip.options.offset = L.point(0, 0);
    state.tip.setLatLng(latlng).setContent(tipContent(state, title, lines));
    if (!state.map.hasLayer(state.tip)) state.tip.addTo(state.map);
    keepTip(state);
  }

  /* A tip near the edge is moved into the map, above the credits; Leaflet counts an offset outwards. */
  function keepTip(state) {
    var node = state.tip.getElement(), box = node.getBoundingClientRect();
    var frame = state.map.getContainer().getBoundingClientRect();
    var right = inward(box.left, box.right, frame.left + EDGE, frame.right - EDGE);
    var down = inward(box.top, box.bottom, frame.top + EDGE, frame.bottom - CREDITS);
    if (!right && !down) return;
    state.tip.options.offset = L.point(node.classList.contains("leaflet-tooltip-left") ? -right : right, down);
    state.tip.update();
  }

  function hideTip(state) {
    if (state.tip && state.map.hasLayer(state.tip)) state.map.removeLayer(state.tip);
  }

  function report(state, layer, id) {
    var data = window.__GLOBAL_DATA__;
    if (!data) return;
    state.clicks += 1;
    data.last_object_clicked_popup = layer + ":" + id + "#" + state.clicks;
    state.map.fire("moveend");
  }

  function interact(state, layer, kind, id, title, lines, anchor) {
    function open(event) {
      showTip(state, (event && event.latlng) || anchor(), title, lines);
    }
    layer.off();
    layer.on("mouseover mousemove", open);
    layer.on("mouseout", function () { hideTip(state); });
    layer.on("click", function (event) {
      open(event);
      if (id) report(state, kind, id);
      L.DomEvent.stopPropagation(event);
    });
    var path = layer._path;
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", [title].concat(lines).join(". "));
    path.onfocus = function () { if (path.matches(":focus-visible")) open(); };
    path.onblur = function () { hideTip(state); };
    path.onkeydown = function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        open();
        if (id) report(state, kind, id);
      } else if (event.key === "Escape") {
        hideTip(state);
      }
    };
  }

  function quiet(layer) {
    layer.off();
    var path = layer._path;
    if (!path) return;
    ["tabindex", "role", "aria-label"].forEach(function (name) { path.removeAttribute(name); });
    path.onfocus = path.onblur = path.onkeydown = null;
  }

  function pane(map, name, order) {
    var made = map.createPane(name);
    made.style.zIndex = order;
    return name;
  }

  function drawBase(state, base) {
    var c = state.colours;
    var map = state.map;
    map.getContainer().style.background = c[state.ground];
    function of(kind) {
      return base.features.filter(function (f) { return f.properties.layer === kind; });
    }
    function put(kind, options) {
      return L.geoJSON({ type: "FeatureCollection", features: of(kind) }, options).addTo(map);
    }
    var still = { interactive: false };
    put("sea", Object.assign({ pane: "sk-sea", style: { stroke: false, fillColor: c.sea, fillOpacity: 1 } }, still));
    put("land", Object.assign({ pane: "sk-sea", style: { stroke: false, fillColor: c.land, fillOpacity: 1 } }, still));
    put("province", {
      pane: "sk-areas",
      interactive: true,
      style: { stroke: false, fillColor: c.province, fillOpacity: 1 },
      onEachFeature: function (feature, layer) {
        if (feature.properties.pcode) state.provinces[feature.properties.pcode] = layer;
      }
    });
    var water = { color: c.water, weight: 1, fillColor: c.water, fillOpacity: 1 };
    put("lake", Object.assign({ pane: "sk-lines", style: water }, still));
    put("river", Object.assign({
      pane: "sk-lines",
      style: function (f) { return { color: c.water, weight: f.properties.rank < 5 ? 2 : 1, fill: false }; }
    }, still));
    put("province_line", Object.assign({ pane: "sk-lines", style: { color: c.line, weight: 0.8, fill: false } }, still));
    // under the dashed frontier a band in the colour of the land: shading may not claim the strip
    L.geoJSON({ type: "FeatureCollection", features: of("frontier").filter(function (f) { return f.properties.disputed; }) }, {
      pane: "sk-lines", interactive: false, style: { color: c.land, weight: 6, opacity: 1, fill: false }
    }).addTo(map);
    put("frontier", Object.assign({
      pane: "sk-lines",
      style: function (f) {
        return { color: c.frontier, weight: 1.6, fill: false, dashArray: f.properties.disputed ? "6 4" : null };
      }
    }, still));
    Object.keys(state.provinces).forEach(function (code) { quiet(state.provinces[code]); });
  }

  function drawAreas(state, areas) {
    var seen = {};
    areas.forEach(function (one) {
      var layer = state.provinces[one[0]];
      if (!layer) return;
      seen[one[0]] = true;
      layer.setStyle({ fillColor: one[1] ? fillOf(one[1]) : state.colours.province });
      interact(state, layer, "areas", one[0], one[2], one[3], function () { return layer.getBounds().getCenter(); });
    });
    Object.keys(state.provinces).forEach(function (code) {
      if (seen[code]) return;
      state.provinces[code].setStyle({ fillColor: state.colours.province });
      quiet(state.provinces[code]);
    });
  }

  function drawShapes(state, document_) {
    state.shapes.clearLayers();
    state.rings = [];
    var many = document_.points.length + document_.circles.length > FOCUSABLE;
    var renderer = many ? state.canvas : state.svg;
    document_.circles.forEach(function (one) {
      var style = document_.styles[one[3]] || {};
      var circle = L.circle([one[0], one[1]], {
        radius: one[2], renderer: renderer, pane: "sk-points", color: style.stroke, weight: 1.5,
        fillColor: style.fill, fillOpacity: 0.22
      });
      state.shapes.addLayer(circle);
      state.rings.push(circle);
      interact(state, circle, "circles", one[6], one[4], one[5], function () { return circle.getLatLng(); });
    });
    document_.points.forEach(function (one) {
      var style = document_.styles[one[3]] || {};
      var point = L.circleMarker([one[0], one[1]], {
        radius: one[2], renderer: renderer, pane: "sk-points", color: style.stroke, weight: 1.5,
        fillColor: style.fill, fillOpacity: 0.9
      });
      state.shapes.addLayer(point);
      interact(state, point, "points", one[6], one[4], one[5], function () { return point.getLatLng(); });
    });
  }

  /* A circle of a few pixels is drawn whole: its dashes would not read as a circle. */
  function dashRings(state) {
    state.rings.forEach(function (circle) {
      circle.setStyle({ dashArray: circle._radius < 8 ? null : "4 4" });
    });
  }

  /* How far down a name may go that has no room at its place: under its mark, or a line off a province's middle. */
  function aside(className, shift) {
    return className === "sk-label-hub" ? [-2 * shift] : className === "sk-label-province" ? [LINE, -LINE] : [];
  }

  function drawLabels(state, document_) {
    state.labels.clearLayers();
    state.placed = [];
    function put(lat, lon, text, className, rank, colour, shift) {
      var node = el("span", text, "sk-label " + className);
      node.lang = state.lang;
      node.style.color = colour || state.colours.ink;
      if (!colour) {
        var h = state.colours.halo;
        node.style.textShadow = ["-1px -1px", "1px -1px", "-1px 1px", "1px 1px", "0 2px", "0 -2px", "2px 0", "-2px 0"]
          .map(function (s) { return s + " 1px " + h; }).join(",");
      }
      if (shift) node.style.marginTop = shift + "px";
      var icon = L.divIcon({ html: node, className: "sk-icon", iconSize: [0, 0] });
      var marker = L.marker([lat, lon], { icon: icon, interactive: false, keyboard: false, pane: "sk-labels" });
      state.labels.addLayer(marker);
      state.placed.push({ node: node, rank: rank, aside: aside(className, shift) });
    }
    document_.points.forEach(function (one) {
      var style = document_.styles[one[3]] || {};
      if (one[7]) put(one[0], one[1], one[7], "sk-label-text", -1, style.ink);
    });
    document_.labels.forEach(function (one) {
      put(one[0], one[1], one[2], "sk-label-" + one[3], one[4], null, SHIFT[one[3]] === undefined ? -13 : SHIFT[one[3]]);
    });
    state.placed.sort(function (a, b) { return a.rank - b.rank; });
    settle(state);
  }

  /* Pixels by which a stretch must move to lie within another. */
  function inward(start, end, first, last) {
    return start < first ? first - start : end > last ? last - end : 0;
  }

  function covers(one, other) {
    return other.right + 2 >= one.left && other.left - 2 <= one.right && other.bottom >= one.top && other.top <= one.bottom;
  }

  function moved(box, right, down) {
    return new DOMRect(box.x + right, box.y + down, box.width, box.height);
  }

  function inside(box, frame) {
    return moved(
      box,
      inward(box.left, box.right, frame.left + EDGE, frame.right - EDGE),
      inward(box.top, box.bottom, frame.top + EDGE, frame.bottom - EDGE)
    );
  }

  /* Where a name may stand: at its place, a line away from it, or, where it is always shown, above what it covers. */
  function standing(one, box, frame, kept) {
    function over(place) { return kept.find(function (k) { return covers(k, place); }); }
    var places = [0].concat(one.aside).map(function (down) { return inside(moved(box, 0, down), frame); });
    var free = places.find(function (place) { return !over(place); });
    if (free || one.rank) return free;
    return moved(places[0], 0, over(places[0]).top - places[0].bottom - 1);
  }

  /* Names stay whole within the map, clear of its controls and of each other; a name whose place is
     outside the map is not shown. */
  function settle(state) {
    var container = state.map.getContainer();
    var frame = container.getBoundingClientRect();
    var kept = Array.from(container.querySelectorAll(".leaflet-control"), function (one) {
      return one.getBoundingClientRect();
    });
    state.placed.forEach(function (one) {
      one.node.classList.remove("sk-off");
      one.node.style.translate = "";
    });
    var boxes = state.placed.map(function (one) { return one.node.getBoundingClientRect(); });
    state.placed.forEach(function (one, index) {
      var box = boxes[index];
      var x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      var shown = x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
      var place = !shown ? null : one.rank < 0 ? box : standing(one, box, frame, kept);
      if (!place) return one.node.classList.add("sk-off");
      kept.push(place);
      if (place !== box) one.node.style.translate = (place.x - box.x) + "px " + (place.y - box.y) + "px";
    });
  }

  function marks(state) {
    var box = state.map.getContainer();
    box.dataset.samakiDraws = String(Number(box.dataset.samakiDraws || 0) + 1);
    box.dataset.samakiReady = "true";
  }

  window.SamakiMap = {
    init: function (map, settings) {
      // the frame's page forbids to enlarge it; nobody's eyes should be refused
      document.querySelectorAll("meta[name=viewport]").forEach(function (one) {
        one.content = "width=device-width, initial-scale=1";
      });
      var state = {
        map: map, colours: settings.colours, lang: settings.lang, ground: settings.ground, provinces: {}, clicks: 0, placed: [], rings: [], waiting: null
      };
      map.samaki = state;
      window.samakiState = state;
      var container = map.getContainer();
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", settings.title);
      container.lang = settings.lang;
      // a press of the mouse focuses the map; the page must not scroll under it
      container.focus = function () { HTMLElement.prototype.focus.call(container, { preventScroll: true }); };
      pane(map, "sk-sea", 200);
      pane(map, "sk-areas", 250);
      pane(map, "sk-lines", 350);
      map.getPane("sk-lines").style.pointerEvents = "none";
      pane(map, "sk-points", 450);
      pane(map, "sk-labels", 620);
      map.getPane("sk-labels").style.pointerEvents = "none";
      state.svg = L.svg({ pane: "sk-points" });
      state.canvas = L.canvas({ pane: "sk-points" });
      state.shapes = L.layerGroup().addTo(map);
      state.labels = L.layerGroup().addTo(map);
      patterns(settings.colours.hatch);
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution(settings.attribution);
      L.control.zoom({ zoomInTitle: settings.zoomIn, zoomOutTitle: settings.zoomOut }).addTo(map);
      L.control.scale({ imperial: false, maxWidth: 150 }).addTo(map);
      if (L.Browser.mobile) map.dragging.disable();
      if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        map.options.zoomAnimation = map.options.fadeAnimation = false;
        map._zoomAnimated = false;
      }
      map.setMaxBounds(settings.maxBounds);
      map.options.maxBoundsViscosity = 1;
      map.fitBounds(settings.bounds, { animate: false });
      map.on("moveend resize", function () { settle(state); dashRings(state); });
      // names may have been measured before the fonts they are written in had come
      document.fonts.addEventListener("loadingdone", function () { settle(state); });
      container.addEventListener("keydown", function (event) {
        if (event.key === "Escape") hideTip(state);
      });
      new ResizeObserver(function () { map.invalidateSize({ animate: false }); }).observe(container);
      state.ready = fetch(settings.base)
        .then(function (answer) {
          if (!answer.ok) throw new Error("base map: " + answer.status);
          return answer.json();
        })
        .then(function (base) { drawBase(state, base); });
    },
    draw: function (map, document_) {
      var state = map.samaki || window.samakiState;
      state.waiting = document_;
      state.ready.then(function () {
        if (state.waiting !== document_) return;
        hideTip(state);
        drawAreas(state, document_.areas);
        drawShapes(state, document_);
        dashRings(state);
        drawLabels(state, document_);
        marks(state);
      });
    }
  };
})();
