// Runs inside a copy of the page and tells the page around it what a reader would see. Test code; the page itself never holds it.
'use strict';
const errors = [];
addEventListener('error', event => errors.push(event.message));
addEventListener('unhandledrejection', event => errors.push(String(event.reason)));
addEventListener('securitypolicyviolation', event => errors.push('refused: ' + event.blockedURI));
addEventListener('load', () => {
  const box = element => element.getBoundingClientRect();
  const overlap = (a, b) => Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const figures = [...document.querySelectorAll('figure')].map(figure => {
    const svg = figure.querySelector('svg'), frame = box(svg);
    const texts = [...svg.querySelectorAll('g[aria-label]')].map(group => ({ text: group.getAttribute('aria-label'), box: box(group), letters: group.querySelectorAll('use').length }));
    const clashes = [];
    texts.forEach((one, i) => texts.slice(0, i).forEach(other => {
      if (overlap(one.box, other.box) > 0.04 * Math.min(one.box.width * one.box.height, other.box.width * other.box.height)) clashes.push(one.text + ' / ' + other.text);
    }));
    return {
      name: figure.id, width: frame.width, height: frame.height, role: svg.getAttribute('role'), alternative: svg.getAttribute('aria-label'),
      title: svg.querySelector('title')?.textContent ?? '', caption: figure.querySelector('figcaption').textContent.length, texts: texts.length, clashes,
      unseen: texts.filter(text => text.letters === 0 || text.box.width === 0 || text.box.height === 0).map(text => text.text),
      outside: texts.filter(text => text.box.left < frame.left - 0.5 || text.box.right > frame.right + 0.5 || text.box.top < frame.top - 0.5 || text.box.bottom > frame.bottom + 0.5).map(text => text.text),
    };
  });
  const scrolled = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const captions = [...document.querySelectorAll('caption')].filter(caption => box(caption).right > innerWidth + 0.5).map(caption => caption.textContent);
  const clipped = [...document.querySelectorAll('main > .table')].filter(table => table.scrollWidth > table.clientWidth).map(table => table.querySelector('caption').textContent);
  const sideways = scrolled();

  // A click on a column title sorts the table by it.
  const table = document.querySelector('#accuracy ~ .table table'), column = [...table.tHead.rows[0].cells].findIndex(cell => cell.textContent === 'MAE');
  table.tHead.rows[0].cells[column].click();
  const keys = [...table.tBodies[0].rows].map(row => Number(row.cells[column].dataset.sort));
  const isSorted = keys.every((key, i) => i === 0 || keys[i - 1] <= key);

  // A click on a figure opens it in a window, in which it can be enlarged; closing puts it back.
  const plot = document.querySelector('.plot'), dialog = document.getElementById('zoom'), drawing = plot.querySelector('svg'), whole = drawing.getAttribute('viewBox');
  plot.click();
  const isOpen = dialog.open && dialog.contains(drawing);
  dialog.querySelector('[data-zoom=in]').click();
  const isEnlarged = Number(drawing.getAttribute('viewBox').split(' ')[2]) < Number(whole.split(' ')[2]);
  dialog.querySelector('[data-zoom=close]').click();
  setTimeout(() => parent.postMessage(JSON.stringify({
    width: innerWidth, sideways, figures, captions, clipped, isSorted, isOpen, isEnlarged,
    isClosed: !dialog.open && plot.contains(drawing) && drawing.getAttribute('viewBox') === whole,
    details: document.querySelectorAll('details').length, missing: document.querySelectorAll('.missing').length,
    loads: performance.getEntriesByType('resource').map(entry => entry.name), errors,
  }), '*'), 100);
});
