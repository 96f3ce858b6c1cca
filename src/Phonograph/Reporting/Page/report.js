'use strict';
// Tables: a click on a column title sorts by it, a second click the other way round.
for (const table of document.querySelectorAll('table.sortable')) {
  const titles = [...table.tHead.rows[0].cells];
  titles.forEach((title, column) => {
    title.tabIndex = 0;
    const sort = () => {
      const down = title.getAttribute('aria-sort') === 'ascending';
      titles.forEach(other => other.removeAttribute('aria-sort'));
      title.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = row => {
        const cell = row.cells[column];
        if (cell.dataset.sort === undefined) return cell.textContent;
        return cell.dataset.sort === '' ? null : Number(cell.dataset.sort);
      };
      const rows = [...table.tBodies[0].rows];
      rows.sort((first, second) => {
        const a = key(first), b = key(second);
        if (a === null || b === null) return (a === null) - (b === null);
        const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
        return down ? -order : order;
      });
      table.tBodies[0].append(...rows);
    };
    title.addEventListener('click', sort);
    title.addEventListener('keydown', event => { if (event.key === 'Enter') sort(); });
  });
}
// Figures: a click opens the drawing in a window in which it can be enlarged and moved.
const dialog = document.getElementById('zoom');
const stage = document.getElementById('stage');
let home = null, drawing = null, whole = null, box = null;
const show = () => drawing.setAttribute('viewBox', box.join(' '));
const zoom = (factor, x, y) => {
  const width = Math.min(Math.max(box[2] * factor, whole[2] / 40), whole[2] * 2);
  const ratio = width / box[2];
  box = [x - (x - box[0]) * ratio, y - (y - box[1]) * ratio, width, box[3] * ratio];
  show();
};
const place = event => {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  return [point.x, point.y];
};
const open = plot => {
  home = plot;
  drawing = plot.querySelector('svg');
  whole = drawing.getAttribute('viewBox').split(' ').map(Number);
  box = [...whole];
  plot.style.height = plot.offsetHeight + 'px';
  stage.append(drawing);
  dialog.showModal();
};
dialog.addEventListener('close', () => {
  box = whole;
  show();
  home.append(drawing);
  home.style.height = '';
});
for (const plot of document.querySelectorAll('.plot')) {
  plot.addEventListener('click', () => open(plot));
  plot.addEventListener('keydown', event => { if (event.key === 'Enter') open(plot); });
}
stage.addEventListener('wheel', event => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1 / 1.2 : 1.2, ...place(event));
}, { passive: false });
let held = null;
stage.addEventListener('pointerdown', event => { held = place(event); stage.setPointerCapture(event.pointerId); });
stage.addEventListener('pointermove', event => {
  if (held === null) return;
  const [x, y] = place(event);
  box = [box[0] + held[0] - x, box[1] + held[1] - y, box[2], box[3]];
  show();
});
stage.addEventListener('pointerup', () => { held = null; });
const middle = () => [box[0] + box[2] / 2, box[1] + box[3] / 2];
const act = {
  in: () => zoom(1 / 1.2, ...middle()),
  out: () => zoom(1.2, ...middle()),
  reset: () => { box = [...whole]; show(); },
  close: () => dialog.close(),
};
dialog.addEventListener('keydown', event => {
  if (event.key === '+') act.in();
  if (event.key === '-') act.out();
  if (event.key === '0') act.reset();
});
for (const button of dialog.querySelectorAll('button')) button.addEventListener('click', act[button.dataset.zoom]);
// A printed page shows every table.
window.addEventListener('beforeprint', () => document.querySelectorAll('details').forEach(details => { details.open = true; }));
