/* Where names stand on a map: utils/maps/labels.py in JavaScript, held to the same results by a test. */
(function (root) {
  "use strict";
  var EDGE = 2, GAP = 2, NEAR = 3, SAMPLE = 12;
  var RINGS = [0, 14, 30, 48, 70, 96, 126, 160];
  var S = Math.sqrt(0.5), F = Math.cos(Math.PI / 8), T = Math.sin(Math.PI / 8);
  var SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [S, S], [-S, S], [S, -S], [-S, -S]];
  var ALL = SIDES.concat([[T, F], [-T, F], [F, T], [-F, T], [T, -F], [-T, -F], [F, -T], [-F, -T]]);

  function boxAt(x, y, name) {
    var w = name.width / 2, h = name.height / 2;
    return [x - w, y - h, x + w, y + h];
  }

  function candidates(name) {
    var found = name.centred ? [{ box: boxAt(name.x, name.y, name), apart: false }] : [];
    (name.tied ? RINGS.slice(0, 1) : RINGS).forEach(function (ring) {
      var away = (name.reach || 0) + NEAR + ring;
      (ring ? ALL : SIDES).forEach(function (side) {
        var x = name.x + side[0] * away + Math.sign(side[0]) * name.width / 2;
        var y = name.y + side[1] * away + Math.sign(side[1]) * name.height / 2;
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

  /* Whether a line runs through a box (Liang and Barsky). */
  function crosses(line, box) {
    var x = line[0], y = line[1], right = line[2] - x, down = line[3] - y, first = 0, last = 1;
    var apart = [[-right, x - box[0]], [right, box[2] - x], [-down, y - box[1]], [down, box[3] - y]]
      .some(function (one) {
        if (one[0] === 0) return one[1] < 0;
        if (one[0] < 0) first = Math.max(first, one[1] / one[0]);
        else last = Math.min(last, one[1] / one[0]);
        return false;
      });
    return !apart && first <= last;
  }

  function runsClear(line, name, taken) {
    return !taken.some(function (box) {
      var own = box[0] <= name.x && name.x <= box[2] && box[1] <= name.y && name.y <= box[3];
      return !own && crosses(line, box);
    });
  }

  /* The first free place in the first of the grounds that has one; a line that crosses a name or a large
     mark is taken only where there is no other way. */
  function choose(name, frame, taken, grounds) {
    var free = candidates(name).filter(function (one) { return fits(one.box, frame, taken); });
    free.forEach(function (one) { one.line = one.apart ? leader(name, one.box) : null; });
    var clear = free.filter(function (one) { return !one.line || runsClear(one.line, name, taken); });
    var found;
    [clear, free].some(function (some) {
      return (grounds.length ? grounds : [undefined]).some(function (ground) {
        found = some.find(function (one) { return standsIn(one.box, ground); });
        return found;
      });
    });
    return found ? { box: found.box, leader: found.line, isShort: false } : null;
  }

  /* For each name, in order of weight, its box, the line to its mark and whether only its number stands;
     null where it fits nowhere. */
  function placeNames(names, frame, kept, outlines) {
    var taken = kept.slice(), holds = {};
    Object.keys(outlines).forEach(function (key) { holds[key] = holder(outlines[key]); });
    return names.map(function (name) {
      if (!(name.x >= 0 && name.x <= frame[0] && name.y >= 0 && name.y <= frame[1])) return null;
      var grounds = [name.area, name.country].filter(Boolean).map(function (key) { return holds[key]; });
      var found = choose(name, frame, taken, grounds);
      if (!found && name.short) {
        found = choose(Object.assign({}, name, { width: name.short, centred: false, tied: true }), frame, taken, grounds);
        if (found) found.isShort = true;
      }
      if (found) taken.push(found.box);
      return found;
    });
  }

  root.SamakiLabels = { placeNames: placeNames };
})(typeof window === "undefined" ? globalThis : window);
