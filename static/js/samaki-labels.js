/* Where names stand on a map: utils/maps/labels.py in JavaScript, held to the same results by a test. */
(function (root) {
  "use strict";
  var EDGE = 2, GAP = 2, NEAR = 3, SAMPLE = 12;
  var RINGS = [0, 14, 30, 48, 70, 96];
  var SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];

  function boxAt(x, y, name) {
    var w = name.width / 2, h = name.height / 2;
    return [x - w, y - h, x + w, y + h];
  }

  function candidates(name) {
    var found = name.centred ? [{ box: boxAt(name.x, name.y, name), apart: false }] : [];
    (name.tied ? RINGS.slice(0, 1) : RINGS).forEach(function (ring) {
      var away = (name.reach || 0) + NEAR + ring;
      SIDES.forEach(function (side) {
        var slant = side[0] && side[1] ? Math.sqrt(0.5) : 1;
        var x = name.x + side[0] * (away * slant + name.width / 2);
        var y = name.y + side[1] * (away * slant + name.height / 2);
        found.push({ box: boxAt(x, y, name), apart: ring > 0 });
      });
    });
    return found;
  }

  function fits(box, frame, taken) {
    if (box[0] < EDGE || box[1] < EDGE || box[2] > frame[0] - EDGE || box[3] > frame[1] - EDGE) return false;
    return !taken.some(function (o) {
      return o[2] + GAP >= box[0] && o[0] - GAP <= box[2] && o[3] >= box[1] && o[1] <= box[3];
    });
  }

  function isIn(x, y, ring) {
    var inside = false, a = ring[ring.length - 1];
    for (var i = 0; i < ring.length; i += 1) {
      var b = ring[i];
      if ((a[1] > y) !== (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) inside = !inside;
      a = b;
    }
    return inside;
  }

  function holder(rings) {
    var bounded = rings.filter(function (ring) { return ring.length; }).map(function (ring) {
      var box = [Infinity, Infinity, -Infinity, -Infinity];
      ring.forEach(function (p) {
        box = [Math.min(box[0], p[0]), Math.min(box[1], p[1]), Math.max(box[2], p[0]), Math.max(box[3], p[1])];
      });
      return { box: box, ring: ring };
    });
    return function (x, y) {
      return bounded.some(function (one) {
        var b = one.box;
        return b[0] <= x && x <= b[2] && b[1] <= y && y <= b[3] && isIn(x, y, one.ring);
      });
    };
  }

  function standsIn(box, holds) {
    if (!holds) return true;
    var width = box[2] - box[0], height = box[3] - box[1];
    var across = Math.max(1, Math.ceil(width / SAMPLE)), down = Math.max(1, Math.ceil(height / SAMPLE)), step;
    for (step = 0; step <= across; step += 1) {
      var x = box[0] + width * step / across;
      if (!holds(x, box[1]) || !holds(x, box[3])) return false;
    }
    for (step = 1; step < down; step += 1) {
      var y = box[1] + height * step / down;
      if (!holds(box[0], y) || !holds(box[2], y)) return false;
    }
    return true;
  }

  function leader(name, box) {
    var x = Math.min(Math.max(name.x, box[0]), box[2]), y = Math.min(Math.max(name.y, box[1]), box[3]);
    var length = Math.hypot(x - name.x, y - name.y) || 1;
    var share = Math.min(1, (name.reach || 0) / length);
    return [name.x + (x - name.x) * share, name.y + (y - name.y) * share, x, y];
  }

  /* For each name, in order of weight, its box and the line to its mark; null where it fits nowhere. */
  function placeNames(names, frame, kept, outlines) {
    var taken = kept.slice(), holds = {};
    Object.keys(outlines).forEach(function (key) { holds[key] = holder(outlines[key]); });
    return names.map(function (name) {
      if (!(name.x >= 0 && name.x <= frame[0] && name.y >= 0 && name.y <= frame[1])) return null;
      var free = candidates(name).filter(function (one) { return fits(one.box, frame, taken); });
      var grounds = [name.area, name.country].filter(Boolean).map(function (key) { return holds[key]; });
      var found = null;
      (grounds.length ? grounds : [undefined]).some(function (ground) {
        found = free.find(function (one) { return standsIn(one.box, ground); });
        return found;
      });
      if (!found) return null;
      taken.push(found.box);
      return { box: found.box, leader: found.apart ? leader(name, found.box) : null };
    });
  }

  root.SamakiLabels = { placeNames: placeNames };
})(typeof window === "undefined" ? globalThis : window);
