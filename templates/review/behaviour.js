'use strict';
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (id) => document.getElementById(id);
  const boxes = all('input.rule');
  const hunks = all('.hunk');

  const filter = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let shown = 0;
    for (const hunk of hunks) {
      hunk.hidden = !hunk.dataset.rules.split(' ').some((rule) => wanted.has(rule));
      shown += hunk.hidden ? 0 : 1;
    }
    one('count').textContent = `${shown} of ${hunks.length} changes shown`;
  };

  const press = (button, act) => button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(on));
    act(on);
  });

  if (boxes.length) {
    for (const box of boxes) {
      box.disabled = false;
      box.addEventListener('change', filter);
    }
    const setAll = (on) => () => { for (const box of boxes) box.checked = on; filter(); };
    one('all').addEventListener('click', setAll(true));
    one('none').addEventListener('click', setAll(false));
    press(one('unfold'), (on) => { for (const fold of all('.fold')) fold.open = on; });
    press(one('unified'), (on) => one('diff').classList.toggle('unified', on));
    document.querySelector('.tools').hidden = false;
    filter();
  }

  const value = (row, place) => {
    const cell = row.children[place];
    return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
  };
  const compare = (a, b) => {
    if (a === '' || b === '') return (a === '') - (b === '');
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a).localeCompare(String(b));
  };
  for (const table of all('table.sortable')) {
    all('thead th', table).forEach((head, place) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of all('thead th', table)) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const rows = all('tbody tr', table);
        const empty = (row) => value(row, place) === '';
        rows.sort((a, b) => {
          if (empty(a) || empty(b)) return compare(value(a, place), value(b, place));
          return (down ? -1 : 1) * compare(value(a, place), value(b, place));
        });
        table.querySelector('tbody').append(...rows);
      });
    });
  }

  // What is linked to must be seen, whatever is filtered or folded.
  const reveal = () => {
    const target = location.hash && one(location.hash.slice(1));
    if (!target) return;
    const hunk = target.closest('.hunk');
    const fold = target.closest('details');
    if (fold) fold.open = true;
    if (hunk && hunk.hidden) { for (const box of boxes) box.checked = true; filter(); }
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();
})();
