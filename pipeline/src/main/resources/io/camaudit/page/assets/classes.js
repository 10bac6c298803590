'use strict';
/* The table of classes. Tabulator keeps only the visible rows in the document. */
camaudit.classes = (() => {
  const { el, count, number, plural } = camaudit;
  let table = null;
  const helps = {};
  /** Flags where there is little room. */
  const SHORT = {
    'Looks elsewhere': 'elsewhere', 'Drawn to corners': 'corners', 'Drawn to borders': 'borders', 'One and the same place': 'one place',
  };
  const intervals = { a: 'accuracy', p: 'precision', c: 'recall', r: 'rightReason' };

  const rate = (title, width, reference) => ({
    width,
    minWidth: 120,
    sorter: 'number',
    formatter: (cell) => {
      const value = cell.getRow().getData()[intervals[cell.getField()]];
      if (!value) return el('span.none', {}, '–');
      return el('span.rate', {},
        camaudit.charts.interval(value, 1, reference),
        el('span.rate-text', {}, camaudit.charts.rateText(value)));
    },
    title,
  });

  /** A header is a real button, so that it can be reached and pressed from the keyboard. */
  const heading = (cell) => el('button.sorter', { type: 'button', title: helps[cell.getColumn().getField()] },
    cell.getValue());

  const columns = (site) => {
    const narrow = innerWidth < 560;
    const rateWidth = narrow ? 128 : site.proved ? 168 : 190;
    const described = ({ help, ...definition }) => {
      helps[definition.field] = help;
      return { titleFormatter: heading, headerSortTristate: true, ...definition };
    };
    const missing = { alignEmptyValues: 'bottom' };
    const lift = (cell) => el('span', {}, number(cell.getValue()));
    return [
      described({
        title: 'Class', field: 'name', minWidth: narrow ? 110 : 140, widthGrow: 2, sorter: 'string', responsive: 0,
        help: 'Sort by name',
        formatter: (cell) => {
          const data = cell.getRow().getData();
          return el('span.class-cell', {}, el('a', { href: camaudit.classHref(data.key) }, data.name));
        },
      }),
      site.classes.some((c) => c.flags.length) && described({
        title: 'Suspect', field: 's', width: narrow ? 100 : 188, sorter: 'number', responsive: 0,
        help: 'Why the class is suspect; sort by suspicion', sorterParams: missing,
        formatter: (cell) => el('span.flags', {}, cell.getRow().getData().flags
          .map((flag) => el('span.flag', { title: flag }, SHORT[flag] || flag))),
      }),
      site.proved && described({
        title: 'Evidence', field: 'e', width: 138, sorter: 'number', responsive: 0, sorterParams: missing,
        help: 'What became of the class when its object or its background was taken away; sort by level',
        formatter: (cell) => {
          const { level } = cell.getRow().getData();
          return level ? el(`span.badge.tone-${level.tone}`, {}, level.name) : el('span.none', {}, '–');
        },
      }),
      described({
        title: 'Images', field: 'images', width: 104, hozAlign: 'right', sorter: 'number', responsive: 3,
        help: 'Sort by number of images', formatter: (cell) => count(cell.getValue()),
      }),
      site.labelled && site.precision && described({
        ...rate('Precision', rateWidth, site.precision[0]), field: 'p', sorterParams: missing, responsive: 1,
        help: 'Share of the images predicted to be of the class that bear its label',
      }),
      site.labelled && site.recall && described({
        ...rate('Recall', rateWidth, site.recall[0]), field: 'c', sorterParams: missing, responsive: 1,
        help: 'Share of the images that bear the label and are predicted to be of the class',
      }),
      site.labelled && site.kind !== 'multi-label' && described({
        ...rate('Accuracy', rateWidth, site.accuracy ? site.accuracy[0] : null), field: 'a', sorterParams: missing,
        responsive: 1, help: 'Share of labelled images whose first prediction is the label',
      }),
      site.regions && described({
        ...rate('Right reason', rateWidth, site.rightReason ? site.rightReason[0] : null), field: 'r',
        sorterParams: missing, responsive: 0, help: 'Share of images where the model looked right, whatever it said',
      }),
      site.regions && described({
        title: 'Lift', field: 'l', width: 88, hozAlign: 'right', sorter: 'number', sorterParams: missing,
        responsive: 4, formatter: lift,
        help: 'Mean of: share of the map’s energy inside the region over the region’s share of the area; 1 is chance',
      }),
      described({
        title: 'Border lift', field: 'b', width: 126, hozAlign: 'right', sorter: 'number',
        sorterParams: missing, responsive: 2, formatter: lift,
        help: 'Mean of: share of the map’s energy along the edges over the frame’s share of the area; 1 is chance',
      }),
      {
        title: narrow ? 'Map' : 'Mean map', field: 'map', width: narrow ? 76 : 110, hozAlign: 'center', headerSort: false, responsive: 0,
        formatter: (cell) => (cell.getValue()
          ? camaudit.heat.picture(cell.getValue(), camaudit.scale, 36,
            `Mean map, ${camaudit.heat.words(cell.getValue())}`)
          : el('span.none', {}, '–')),
      },
    ].filter(Boolean);
  };

  const LEVELS = ['Confirmed', 'Undecided', 'Refuted'];
  const rank = (c) => (c.suspicion === undefined ? Infinity : c.suspicion);
  const first = (interval) => (interval ? interval[0] : null);

  const build = (host, status) => {
    const site = camaudit.data;
    table = new Tabulator(host, {
      // Flat copies: Tabulator sorts by a plain field.
      // Suspects first, the others in the model's order; a third press on a heading returns to this.
      data: [...site.classes].sort((x, y) => rank(x) === rank(y) ? 0 : rank(x) - rank(y)).map((c) => ({
        ...c, s: c.suspicion, e: c.level ? LEVELS.indexOf(c.level.name) : null, a: first(c.accuracy), p: first(c.precision), c: first(c.recall), r: first(c.rightReason), l: first(c.lift), b: first(c.borderLift),
      })),
      index: 'key',
      layout: 'fitColumns',
      responsiveLayout: 'hide',
      maxHeight: site.classes.length > 14 ? '76vh' : false,
      rowHeight: 48,
      columns: columns(site),
      columnDefaults: { headerHozAlign: 'left', vertAlign: 'middle', resizable: false },
      placeholder: 'No class matches.',
    });
    table.on('rowClick', (event, row) => {
      if (!event.target.closest('a')) location.hash = camaudit.classHref(row.getData().key);
    });
    table.on('dataFiltered', (filters, rows) => {
      status.textContent = rows.length === site.classes.length
        ? plural(rows.length, 'class', 'classes')
        : `${count(rows.length)} of ${plural(site.classes.length, 'class', 'classes')}`;
    });
  };

  const show = () => {
    const host = document.getElementById('classes-table');
    if (table) {
      table.redraw();
      return;
    }
    const status = document.getElementById('classes-status');
    const search = document.getElementById('classes-search');
    const flagged = document.getElementById('classes-flagged');
    build(host, status);
    const filter = () => {
      const words = search.value.trim().toLowerCase();
      table.setFilter((data) => (!flagged.checked || data.flags.length > 0)
        && (words === '' || data.name.toLowerCase().includes(words) || (data.id || '').toLowerCase().includes(words)));
    };
    search.addEventListener('input', filter);
    flagged.addEventListener('change', filter);
  };

  return { show };
})();
