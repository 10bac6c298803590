'use strict';
/* The table of classes of a comparison. Called by data/diff.js. */
camaudit.diff = (classes) => {
  const { el, count, percent } = camaudit;
  const points = (x) => `${x > 0 ? '+' : ''}${(100 * x).toFixed(1)}`;
  const widest = Math.max(0.05, ...classes.flatMap((c) => [c.accuracy, c.right])
    .filter(Boolean).flatMap(([, low, high]) => [Math.abs(low), Math.abs(high)]));

  /** The interval on a scale that is as wide to the left of no change as to its right. */
  const change = (before, after, triple) => {
    if (!triple) return el('span.none', {}, '–');
    const shifted = triple.map((x) => x + widest);
    return el('span.rate', {},
      camaudit.charts.interval(shifted, 2 * widest, widest),
      el('span.rate-text', {},
        `${percent(before)} → ${percent(after)}: ${points(triple[0])} (${points(triple[1])} to ${points(triple[2])})`));
  };
  const heading = (cell) => el('button.sorter', { type: 'button' }, cell.getValue());
  const column = (definition) => ({ titleFormatter: heading, headerSortTristate: true, ...definition });
  const rate = (title, field, value, before, after) => column({
    title, field, minWidth: 250, sorter: 'number', sorterParams: { alignEmptyValues: 'bottom' },
    formatter: (cell) => {
      const row = cell.getRow().getData();
      return change(row[before], row[after], row[value]);
    },
  });
  const difference = (title, field) => column({
    title, field, width: 132, hozAlign: 'right', sorter: 'number', sorterParams: { alignEmptyValues: 'bottom' }, responsive: 3,
    formatter: (cell) => (cell.getValue() === null || cell.getValue() === undefined
      ? '–' : `${cell.getValue() > 0 ? '+' : ''}${cell.getValue().toFixed(2)}`),
  });
  const any = (field) => classes.some((c) => c[field] !== null && c[field] !== undefined);
  const first = (triple) => (triple ? triple[0] : null);
  const worst = (c) => Math.min(first(c.accuracy) ?? 0, first(c.right) ?? 0);
  const table = new Tabulator('#diff-table', {
    data: classes.map((c) => ({ ...c, a: first(c.accuracy), r: first(c.right) })).sort((x, y) => worst(x) - worst(y)),
    layout: 'fitColumns',
    responsiveLayout: 'hide',
    maxHeight: classes.length > 14 ? '76vh' : false,
    rowHeight: 48,
    columnDefaults: { headerHozAlign: 'left', vertAlign: 'middle', resizable: false },
    placeholder: 'No class was compared.',
    columns: [
      column({
        title: 'Class', field: 'name', minWidth: 120, sorter: 'string', responsive: 0,
        formatter: (cell) => el('span.class-cell', {}, cell.getValue()),
      }),
      column({
        title: 'Images', field: 'images', width: 104, hozAlign: 'right', sorter: 'number', responsive: 2,
        formatter: (cell) => count(cell.getValue()),
      }),
      any('accuracy') && { ...rate('Accuracy', 'a', 'accuracy', 'accuracyBefore', 'accuracyAfter'), responsive: 1 },
      any('right') && { ...rate('Right reason', 'r', 'right', 'rightBefore', 'rightAfter'), responsive: 0 },
      any('lift') && difference('Lift', 'lift'),
      any('borderLift') && difference('Border lift', 'borderLift'),
    ].filter(Boolean),
  });
  document.body.classList.add('scripted');
  return table;
};
