'use strict';
// One view for each model; all turn together and share the threshold.
const structures = JSON.parse(document.getElementById('data').textContent);
const slider = document.getElementById('threshold'), level = document.getElementById('level'), faint = document.getElementById('faint');
const radians = Math.PI / 180;
let turn = 24 * radians, tilt = 16 * radians;
const views = structures.map(structure => {
  const figure = document.createElement('figure'), canvas = document.createElement('canvas'), caption = document.createElement('figcaption');
  canvas.setAttribute('role', 'img');
  caption.className = 'count';
  figure.append(canvas, caption);
  document.getElementById('views').append(figure);
  const [a, b, c] = structure.cell;
  const corner = bits => [0, 1, 2].map(k => (bits & 1 ? a[k] : 0) + (bits & 2 ? b[k] : 0) + (bits & 4 ? c[k] : 0));
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map(corner);
  const centre = corners[7].map(value => value / 2);
  const distance = point => Math.hypot(...point.map((value, k) => value - centre[k]));
  const half = Math.max(...corners.map(distance));
  const reach = Math.max(half, ...structure.lines.map(line => distance(line.to)));
  return { structure, canvas, caption, corners, centre, half, reach };
});
const project = (view, point) => {
  const [x, y, z] = point.map((value, k) => value - view.centre[k]);
  const right = Math.cos(turn) * x - Math.sin(turn) * y, away = Math.sin(turn) * x + Math.cos(turn) * y;
  const up = Math.cos(tilt) * z + Math.sin(tilt) * away;
  const depth = (Math.sin(tilt) * z - Math.cos(tilt) * away) / view.half;
  const scale = 6 / (6 - Math.min(depth, 4));
  return { x: right * scale, y: up * scale, depth, scale };
};
const mixed = (colour, share) => '#' + [1, 3, 5].map(k => Math.round(parseInt(colour.slice(k, k + 2), 16) * (1 - share) + 255 * share).toString(16).padStart(2, '0')).join('');
const draw = view => {
  const { structure, canvas } = view, threshold = Number(slider.value);
  const important = structure.bonds.map(bond => bond.level >= threshold);
  const pixels = Math.max(200, Math.round(canvas.clientWidth * (window.devicePixelRatio || 1)));
  if (canvas.width !== pixels) { canvas.width = pixels; canvas.height = pixels; }
  const context = canvas.getContext('2d'), zoom = 0.4 * pixels / view.reach, unit = pixels / 500;
  const at = point => { const p = project(view, point); return { ...p, x: pixels / 2 + zoom * p.x, y: pixels / 2 - zoom * p.y }; };
  const parts = [];
  const line = (from, to, colour, width, depth) => parts.push([depth, () => {
    context.strokeStyle = colour; context.lineWidth = width * unit; context.beginPath(); context.moveTo(from.x, from.y); context.lineTo(to.x, to.y); context.stroke();
  }]);
  const disc = (place, radius, colour) => parts.push([place.depth, () => {
    context.fillStyle = colour; context.strokeStyle = '#5a5f66'; context.lineWidth = 0.6 * unit; context.beginPath(); context.arc(place.x, place.y, radius * zoom * place.scale, 0, 2 * Math.PI); context.fill(); context.stroke();
  }]);
  for (let k = 0; k < 8; k++) for (const bit of [1, 2, 4]) if (!(k & bit)) {
    const from = at(view.corners[k]), to = at(view.corners[k | bit]);
    line(from, to, '#9aa0a8', 0.9, Math.min(from.depth, to.depth));
  }
  const images = new Set();
  for (const each of structure.lines) {
    const bond = structure.bonds[each.bond], from = at(each.from);
    if (important[each.bond]) {
      const to = at(each.to), length = Math.hypot(...each.to.map((value, k) => value - each.from[k]));
      // Two halves, each at its own depth, from sphere to sphere.
      const along = share => at(each.from.map((value, k) => value + share * (each.to[k] - value)));
      const middle = along(0.5), size = each.is_leaving ? 0.7 : 1;
      for (const outer of [along(0.9 * structure.atoms[each.home].radius / length), along(1 - 0.9 * size * structure.atoms[each.end].radius / length)]) {
        line(outer, middle, bond.colour, (1 + 3.6 * bond.share) * middle.scale, (outer.depth + middle.depth) / 2);
      }
      const key = each.end + ' ' + each.to.join(' ');
      if (each.is_leaving && !images.has(key)) {
        images.add(key);
        const atom = structure.atoms[each.end];
        disc(to, 0.7 * atom.radius, mixed(atom.colour, 0.55));
      }
    } else if (faint.checked) {
      line(from, at(each.is_leaving ? each.to.map((value, k) => (value + each.from[k]) / 2) : each.to), 'rgba(138, 143, 150, 0.22)', 0.7, -10);
    }
  }
  for (const atom of structure.atoms) disc(at(atom.at), atom.radius, atom.colour);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, pixels, pixels);
  for (const part of parts.sort((first, second) => first[0] - second[0])) part[1]();
  const counts = structure.pairs.map((pair, k) => [pair, structure.bonds.filter((bond, place) => bond.pair === k && important[place]).length, structure.bonds.filter(bond => bond.pair === k).length]).filter(each => each[1] > 0);
  const all = important.filter(each => each).length;
  view.caption.textContent = structure.name + ': ' + all + ' of ' + important.length + ' bonds in colour' + (counts.length ? ': ' + counts.map(each => each[1] + ' of ' + each[2] + ' ' + each[0]).join(', ') : '');
  canvas.setAttribute('aria-label', view.caption.textContent);
};
const show = () => { level.textContent = Number(slider.value).toFixed(2); views.forEach(draw); };
slider.addEventListener('input', show);
faint.addEventListener('change', show);
window.addEventListener('resize', show);
for (const view of views) {
  let held = null;
  view.canvas.addEventListener('pointerdown', event => { held = [event.clientX, event.clientY, turn, tilt]; view.canvas.setPointerCapture(event.pointerId); });
  view.canvas.addEventListener('pointermove', event => {
    if (held === null) return;
    turn = held[2] + (event.clientX - held[0]) / 200;
    tilt = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, held[3] + (event.clientY - held[1]) / 200));
    show();
  });
  view.canvas.addEventListener('pointerup', () => { held = null; });
}
show();
