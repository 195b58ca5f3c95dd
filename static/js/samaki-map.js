/* Draws the layers of Samaki on a Leaflet map. Text from data only ever becomes text nodes. */
(function () {
  "use strict";
  var FOCUSABLE = 300;
  var EDGE = 2;
  var CREDITS = 24;
  /* a mark as large as this keeps the names of others away */
  var LARGE = 8;
  /* towns appear from this zoom on */
  var TOWNS = 9;

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

  /* Cambodia is what the maps are about: its neighbours are grey. */
  function resting(state, code) {
    return (code || "").slice(0, 2) === "KH" ? state.colours.province : state.colours.land;
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
      style: function (f) { return { stroke: false, fillColor: resting(state, f.properties.pcode), fillOpacity: 1 }; },
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
      layer.setStyle({ fillColor: one[1] ? fillOf(one[1]) : resting(state, one[0]) });
      interact(state, layer, "areas", one[0], one[2], one[3], function () { return layer.getBounds().getCenter(); });
    });
    Object.keys(state.provinces).forEach(function (code) {
      if (seen[code]) return;
      state.provinces[code].setStyle({ fillColor: resting(state, code) });
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
      var point = new (style.shape === "triangle" && !many ? Triangle : L.CircleMarker)([one[0], one[1]], {
        radius: one[2], renderer: renderer, pane: "sk-points", color: style.stroke, weight: 1.5,
        fillColor: style.fill, fillOpacity: 0.9
      });
      state.shapes.addLayer(point);
      interact(state, point, "points", one[6], one[4], one[5], function () { return point.getLatLng(); });
    });
  }

  /* A mark with its point upwards, of the size of a circle of its radius. */
  var Triangle = L.CircleMarker.extend({
    _updatePath: function () {
      var x = this._point.x, y = this._point.y, r = this._radius;
      this._renderer._setPath(this, "M" + x + " " + (y - r * 1.3) + "l" + r * 1.25 + " " + r * 2.1 + "h" + -r * 2.5 + "z");
    }
  });

  /* A circle of a few pixels is drawn whole: its dashes would not read as a circle. */
  function dashRings(state) {
    state.rings.forEach(function (circle) {
      circle.setStyle({ dashArray: circle._radius < 8 ? null : "4 4" });
    });
  }

  function drawLabels(state, document_) {
    state.labels.clearLayers();
    state.placed = [];
    state.large = document_.points.filter(function (one) { return one[2] >= LARGE; });
    document_.points.forEach(function (one) {
      var style = document_.styles[one[3]] || {};
      if (one[7]) put(state, one[0], one[1], one[7], "sk-label-text", style.ink);
    });
    document_.labels.forEach(function (one) {
      var number = one[9] ? el("span", one[9]) : null;
      var node = put(state, one[0], one[1], number ? undefined : one[2], "sk-label-" + one[3], null);
      if (number) {
        node.appendChild(el("span", one[2].slice(0, one[2].length - one[9].length), "sk-name"));
        node.appendChild(number);
      }
      state.placed.push({
        node: node, number: number, latlng: [one[0], one[1]], rank: one[4], country: one[5], area: one[6],
        reach: one[7], centred: one[3] === "province" && !one[7], tied: one[8], listed: one[10], isTown: false
      });
    });
    state.ownTowns = document_.points.some(function (one) { return one[3] === "town"; });
    drawTowns(state);
    settle(state);
  }

  /* A name above a place; settle() moves it to where it stands. */
  function put(state, lat, lon, text, className, colour) {
    var node = el("span", text, "sk-label " + className);
    node.lang = state.lang;
    node.style.color = colour || state.colours.ink;
    if (!colour) {
      var h = state.colours.halo;
      node.style.textShadow = ["-1px -1px", "1px -1px", "-1px 1px", "1px 1px", "0 2px", "0 -2px", "2px 0", "-2px 0"]
        .map(function (s) { return s + " 1px " + h; }).join(",");
    }
    var icon = L.divIcon({ html: node, className: "sk-icon", iconSize: [0, 0] });
    var marker = L.marker([lat, lon], { icon: icon, interactive: false, keyboard: false, pane: "sk-labels" });
    state.labels.addLayer(marker);
    return node;
  }

  /* Towns are fetched when a map first comes near; one that has towns of its own needs none. */
  function wantTowns(state) {
    if (!state.places || state.ownTowns || state.towns || state.map.getZoom() < TOWNS) return;
    state.towns = [];
    fetch(state.places)
      .then(function (answer) {
        if (!answer.ok) throw new Error("towns: " + answer.status);
        return answer.json();
      })
      .then(function (found) {
        state.towns = found.features;
        drawTowns(state);
        settle(state);
      })
      // without its towns a map still shows what it is about; the next approach asks again
      .catch(function () { state.towns = null; });
  }

  /* Towns whose name no other mark bears; they show from a zoom on. */
  function drawTowns(state) {
    var named = {};
    state.placed.forEach(function (one) { named[one.node.textContent] = true; });
    state.dots.clearLayers();
    (state.ownTowns ? [] : state.towns || []).forEach(function (town) {
      var own = town.properties, at = town.geometry.coordinates;
      var name = own["name_" + state.lang.slice(0, 2)] || own.name_en;
      if (named[name]) return;
      state.dots.addLayer(L.circleMarker([at[1], at[0]], {
        radius: 2.5, pane: "sk-points", renderer: state.svg, interactive: false,
        color: state.colours.frontier, weight: 1.2, fillColor: state.colours.halo, fillOpacity: 1
      }));
      state.placed.push({
        node: put(state, at[1], at[0], name, "sk-label-city", null), number: null, latlng: [at[1], at[0]],
        rank: 7 + own.rank / 10, country: own.country, area: "", reach: 3, centred: false, tied: true,
        listed: "", isTown: true
      });
    });
    state.placed.sort(function (a, b) { return a.rank - b.rank; });
  }

  /* Pixels by which a stretch must move to lie within another. */
  function inward(start, end, first, last) {
    return start < first ? first - start : end > last ? last - end : 0;
  }

  /* The outer rings of each province and of both countries, in pixels of the map as it is seen. */
  function outlinesOf(state) {
    var found = {};
    (state.base ? state.base.features : []).forEach(function (feature) {
      var code = feature.properties.pcode;
      if (feature.properties.layer !== "province" || !code) return;
      var shape = feature.geometry;
      var rings = (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates).map(function (polygon) {
        return polygon[0].map(function (point) {
          var at = state.map.latLngToContainerPoint([point[1], point[0]]);
          return [at.x, at.y];
        });
      });
      found[code] = rings;
      var country = code.slice(0, 2) === "KH" ? "KHM" : "THA";
      found[country] = (found[country] || []).concat(rings);
    });
    return found;
  }

  /* Names stand inside their own country, clear of controls, large marks and each other. Of one that fits
     nowhere the number stands alone, and the line at the foot of the map lists it. */
  function settle(state) {
    if (!state.placed.length) return;
    var near = state.map.getZoom() >= TOWNS;
    if (near) state.dots.addTo(state.map);
    else state.dots.remove();
    var shown = state.placed.filter(function (one) {
      var off = one.isTown && !near;
      one.node.classList.toggle("sk-off", off);
      return !off;
    });
    var names = shown.map(function (one) {
      one.node.classList.remove("sk-short");
      var at = state.map.latLngToContainerPoint(one.latlng);
      return {
        x: at.x, y: at.y, width: one.node.offsetWidth, height: one.node.offsetHeight,
        country: one.country, area: one.area, reach: one.reach, centred: one.centred, tied: one.tied,
        short: one.number ? one.number.offsetWidth : 0
      };
    });
    var size = state.map.getSize(), outlines = outlinesOf(state), found, missing = "", written;
    // the line takes room of its own, which may cost another name its place
    list(state, "");
    for (var round = 0; round < 3; round += 1) {
      found = SamakiLabels.placeNames(names, [size.x, size.y], keptBoxes(state), outlines);
      written = missing;
      missing = shown.filter(function (one, index) {
        var at = names[index], inside = at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y;
        return one.listed && inside && (!found[index] || found[index].isShort);
      }).map(function (one) { return one.listed; }).join(" · ");
      if (missing === written) break;
      list(state, missing);
    }
    state.leaders.clearLayers();
    shown.forEach(function (one, index) {
      var place = found[index], name = names[index];
      one.node.classList.toggle("sk-off", !place);
      if (!place) return;
      one.node.classList.toggle("sk-short", place.isShort);
      var box = place.box;
      one.node.style.translate = ((box[0] + box[2]) / 2 - name.x) + "px " + ((box[1] + box[3]) / 2 - name.y) + "px";
      if (place.leader) {
        var ends = [[0, 1], [2, 3]].map(function (pair) {
          return state.map.containerPointToLatLng([place.leader[pair[0]], place.leader[pair[1]]]);
        });
        state.leaders.addLayer(L.polyline(ends, {
          pane: "sk-lines", interactive: false, color: state.colours.ink, weight: 1, opacity: 0.7
        }));
      }
    });
  }

  /* What no name may cover: controls, the line at the foot, and large marks. */
  function keptBoxes(state) {
    var container = state.map.getContainer(), corner = container.getBoundingClientRect();
    var kept = Array.from(container.querySelectorAll(".leaflet-control, .sk-listed:not([hidden])"), function (one) {
      var box = one.getBoundingClientRect();
      return [box.left - corner.left, box.top - corner.top, box.right - corner.left, box.bottom - corner.top];
    });
    state.large.forEach(function (one) {
      var at = state.map.latLngToContainerPoint([one[0], one[1]]), r = one[2] * 0.9;
      kept.push([at.x - r, at.y - r, at.x + r, at.y + r]);
    });
    return kept;
  }

  /* The line at the foot of the map: counts whose name does not stand on it. */
  function list(state, text) {
    state.listed.hidden = !text;
    state.listed.textContent = text ? state.words.listed + " " + text : "";
    state.map.getContainer().style.setProperty("--sk-foot", (text ? state.listed.offsetHeight : 0) + "px");
  }

  function button(state, className, title, press) {
    var link = el("a", undefined, className);
    link.href = "#";
    link.title = title;
    link.setAttribute("role", "button");
    link.setAttribute("aria-label", title);
    L.DomEvent.on(link, "click", function (event) {
      L.DomEvent.stop(event);
      press();
    });
    return link;
  }

  /* Below the zoom buttons: back to the whole map, and the full screen where the browser has one. */
  function addTools(state) {
    var control = L.control({ position: "topleft" });
    control.onAdd = function () {
      var box = el("div", undefined, "leaflet-bar sk-tools");
      box.appendChild(button(state, "sk-reset", state.words.reset, function () {
        state.map.fitBounds(state.bounds, { animate: false });
        keepView(state, true);
      }));
      var container = state.map.getContainer();
      if (document.fullscreenEnabled) {
        box.appendChild(button(state, "sk-full", state.words.full, function () {
          if (document.fullscreenElement) document.exitFullscreen();
          else container.requestFullscreen();
        }));
      }
      return box;
    };
    control.addTo(state.map);
  }

  /* The page's address, where the page is ours: an embed elsewhere has none to read or write. */
  function pageOf() {
    try {
      return window.parent !== window && window.parent.location.origin === window.location.origin ? window.parent : null;
    } catch {
      return null;
    }
  }

  /* South, west, north, east as the address has them; null for none, false for what is no place of this map. */
  function readView(state) {
    var page = pageOf();
    var asked = page && new URLSearchParams(page.location.search).get(state.parameter);
    if (asked === null || asked === "") return null;
    var sides = asked.split(",").map(Number);
    var whole = sides.length === 4 && sides.every(Number.isFinite) && sides[0] < sides[2] && sides[1] < sides[3];
    if (!whole) return false;
    var view = L.latLngBounds([sides[0], sides[1]], [sides[2], sides[3]]);
    return state.map.options.maxBounds.contains(view) ? view : false;
  }

  /* Write the view into the page's address; the page does not run again. */
  function keepView(state, forget) {
    var page = pageOf();
    if (!page) return;
    var address = new URL(page.location.href), box = state.map.getBounds();
    if (forget) address.searchParams.delete(state.parameter);
    else {
      address.searchParams.set(state.parameter, [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()]
        .map(function (side) { return side.toFixed(3); }).join(","));
    }
    if (address.href !== page.location.href) page.history.replaceState(page.history.state, "", address);
  }

  /* A person moved the map: only then does the address hold its view. */
  function watchView(state) {
    var container = state.map.getContainer(), touched = false;
    ["pointerdown", "keydown"].forEach(function (kind) {
      container.addEventListener(kind, function () { touched = true; }, true);
    });
    state.map.on("dragend zoomend", function () { if (touched) keepView(state, false); });
  }

  function say(state, text) {
    var note = el("div", text, "sk-note");
    note.setAttribute("role", "status");
    note.lang = state.lang;
    state.map.getContainer().appendChild(note);
    state.map.once("dragend zoomend", function () { note.remove(); });
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
        map: map, colours: settings.colours, lang: settings.lang, ground: settings.ground, words: settings.words,
        bounds: settings.bounds, parameter: settings.parameter, places: settings.places, towns: null, ownTowns: false,
        provinces: {}, clicks: 0, placed: [], large: [], rings: [], waiting: null, base: null
      };
      map.samaki = state;
      window.samakiState = state;
      var container = map.getContainer();
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", settings.title);
      container.lang = settings.lang;
      container.classList.toggle("sk-dark", settings.theme === "dark");
      state.listed = container.appendChild(el("div", "", "sk-listed"));
      state.listed.hidden = true;
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
      state.leaders = L.layerGroup().addTo(map);
      state.dots = L.layerGroup();
      state.labels = L.layerGroup().addTo(map);
      patterns(settings.colours.hatch);
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution(settings.attribution);
      L.control.zoom({ zoomInTitle: settings.words.zoomIn, zoomOutTitle: settings.words.zoomOut }).addTo(map);
      addTools(state);
      L.control.scale({ imperial: false, maxWidth: 150 }).addTo(map);
      if (L.Browser.mobile) map.dragging.disable();
      if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        map.options.zoomAnimation = map.options.fadeAnimation = false;
        map._zoomAnimated = false;
      }
      // setMaxBounds would move the map back on each resize
      map.options.maxBounds = L.latLngBounds(settings.maxBounds);
      map.options.maxBoundsViscosity = 1;
      var view = readView(state);
      map.fitBounds(view || settings.bounds, { animate: false });
      if (view === false) say(state, settings.words.unknown);
      watchView(state);
      map.on("moveend resize", function () { wantTowns(state); settle(state); dashRings(state); });
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
        .then(function (base) { state.base = base; drawBase(state, base); });
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
        wantTowns(state);
        marks(state);
      });
    }
  };
})();
