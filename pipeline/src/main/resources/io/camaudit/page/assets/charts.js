'use strict';
/* The page's small charts: an interval on a scale, a histogram, a curve over layers. */
camaudit.charts = (() => {
  const { el, svg, percent, number, count } = camaudit;

  /**
   * A value with its 95 % interval on a scale from 0 to `top`; `reference` is drawn as a tick (the
   * dataset's value, or chance).
   */
  const interval = ([value, low, high], top = 1, reference = null) => {
    const at = (x) => `${Math.min(100, Math.max(0, (100 * x) / top))}%`;
    const width = `${Math.max(0, (100 * (Math.min(high, top) - Math.max(low, 0))) / top)}%`;
    return el('span.interval', { 'aria-hidden': 'true' },
      el('span.interval-band', { style: { left: at(low), width } }),
      reference === null ? null : el('span.interval-reference', { style: { left: at(reference) } }),
      el('span.interval-point', { style: { left: at(value) } }));
  };

  /** Text of a rate with its interval. */
  const rateText = (rate) => (rate
    ? `${percent(rate[0])} (${(100 * rate[1]).toFixed(0)}–${(100 * rate[2]).toFixed(0)})` : '–');

  /**
   * Bars of equal width over the bins, whatever the bins' own width: `edges` names them. The last
   * bin is open to the right if `open`.
   */
  const histogram = (data) => {
    const width = 260;
    const height = 84;
    const base = 62;
    const bins = data.bins.length;
    const most = Math.max(1, ...data.bins);
    const total = data.bins.reduce((a, b) => a + b, 0);
    const step = width / bins;
    const label = (x) => (data.percent ? percent(x) : number(x, Number.isInteger(x) ? 0 : 2));
    const range = (i) => (data.open && i === bins - 1
      ? `${label(data.edges[i])} and more` : `${label(data.edges[i])} to ${label(data.edges[i + 1])}`);
    const mean = data.mean === undefined ? '' : `, mean ${data.percent ? percent(data.mean) : number(data.mean)}`;
    const chart = svg('svg', {
      viewBox: `0 0 ${width} ${height}`, class: 'histogram', role: 'img',
      'aria-label': `${data.name}: ${count(total)} images${mean}; most often ${range(data.bins.indexOf(most))}`,
    });
    data.bins.forEach((n, i) => {
      const tall = n === 0 ? 0 : Math.max(1.5, ((base - 6) * n) / most);
      const bar = svg('rect', { x: i * step + 0.75, y: base - tall, width: step - 1.5, height: tall, rx: 1, class: 'bar' });
      const title = svg('title');
      title.textContent = `${range(i)}: ${count(n)}`;
      bar.append(title);
      chart.append(bar);
    });
    chart.append(svg('line', { x1: 0, x2: width, y1: base + 0.5, y2: base + 0.5, class: 'axis' }));

    /** Where a value stands on the axis: inside its bin in proportion. */
    const at = (x) => {
      let i = 0;
      while (i < bins - 1 && x >= data.edges[i + 1]) i++;
      const top = data.edges[i + 1];
      const inside = top === undefined ? 0.5 : Math.min(1, Math.max(0, (x - data.edges[i]) / (top - data.edges[i])));
      return (i + inside) * step;
    };
    const mark = (x, css) => chart.append(svg('line', { x1: at(x), x2: at(x), y1: 0, y2: base, class: css }));
    if (data.chance !== undefined) mark(data.chance, 'chance');
    if (data.mean !== undefined) mark(data.mean, 'mean');

    const tick = (i, anchor) => {
      if (data.edges[i] === undefined) return;
      const node = svg('text', { x: i * step, y: base + 16, 'text-anchor': anchor });
      node.textContent = label(data.edges[i]);
      chart.append(node);
    };
    tick(0, 'start');
    tick(Math.floor(bins / 2), 'middle');
    if (data.open) tick(bins - 1, 'middle');
    else tick(bins, 'end');
    return el('figure.chart', {},
      el('figcaption', {}, el('b', {}, data.name), el('span', {}, mean.replace(', ', ''))),
      chart, el('p.hint', {}, data.help));
  };

  /** The least of 1, 2, 5 times a power of ten that is no less. */
  const roundUp = (x) => {
    const power = 10 ** Math.floor(Math.log10(x));
    return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= x * (1 - 1e-9));
  };

  /** A path through the points that have a value; it is broken where there is none. */
  const path = (points) => points.reduce(
    ({ d, gap }, [x, y]) => (y === undefined ? { d, gap: true }
      : { d: `${d}${gap ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`, gap: false }), { d: '', gap: true }).d;

  /** The end of a long name says more than its beginning, which others share. */
  const tail = (name, most = 17) => (name.length > most ? `…${name.slice(1 - most)}` : name);

  /**
   * A number's means over the network's layers, with their 95 % intervals as a band; `all` of a
   * point, the mean of all images, is a line of its own.
   */
  const curve = (data) => {
    const [width, height, left, right, top, base] = [280, 122, 42, 6, 8, 96];
    const { points } = data;
    const shown = points.filter((p) => p.value !== undefined);
    const most = roundUp(Math.max(1e-6, data.chance || 0, ...shown.flatMap((p) => [p.value, p.high, p.all || 0])));
    const x = (i) => (points.length === 1 ? (left + width - right) / 2
      : left + ((width - left - right) * i) / (points.length - 1));
    const y = (value) => (value === undefined ? undefined
      : base - ((base - top) * Math.min(most, Math.max(0, value))) / most);
    const label = (value) => (data.percent ? percent(value) : number(value));
    const [first, last] = [points[0], points[points.length - 1]];
    const chart = svg('svg', {
      viewBox: `0 0 ${width} ${height}`, class: 'curve', role: 'img',
      'aria-label': `${data.name} at ${points.length} layers: ${label(first.value)} at ${first.layer}, ${label(last.value)} at ${last.layer}`,
    });
    const line = (value, css) => chart.append(
      svg('line', { x1: left, x2: width - right, y1: y(value), y2: y(value), class: css }));
    line(0, 'axis');
    line(most, 'axis');
    if (data.chance !== undefined) line(data.chance, 'chance');
    const band = [...shown.map((p) => [x(points.indexOf(p)), y(p.high)]),
      ...shown.map((p) => [x(points.indexOf(p)), y(p.low)]).reverse()];
    chart.append(
      svg('path', { d: `${path(band)}Z`, class: 'band' }),
      svg('path', { d: path(points.map((p, i) => [x(i), y(p.all)])), class: 'all' }),
      svg('path', { d: path(points.map((p, i) => [x(i), y(p.value)])), class: 'line' }));
    const step = (width - left - right) / Math.max(1, points.length - 1);
    points.forEach((p, i) => {
      const title = svg('title');
      title.textContent = p.value === undefined ? `${p.layer}: no map has it`
        : `${p.layer}: ${label(p.value)} (95 % interval ${label(p.low)} to ${label(p.high)}, ${count(p.images)} images)`
          + `${p.all === undefined ? '' : `; all images ${label(p.all)}`}`;
      const spot = svg('g', {}, title, svg('rect', { x: x(i) - step / 2, y: 0, width: step, height: base, class: 'spot' }));
      if (p.value !== undefined) spot.append(svg('circle', { cx: x(i), cy: y(p.value), r: points.length > 12 ? 2 : 3 }));
      chart.append(spot);
    });
    const text = (content, at, anchor, down) => {
      const node = svg('text', { x: at, y: down, 'text-anchor': anchor });
      node.textContent = content;
      chart.append(node);
    };
    const tick = (value) => (data.percent ? percent(value) : number(value, Number.isInteger(value) ? 0 : 2));
    text(tick(0), left - 6, 'end', base + 4);
    text(tick(most), left - 6, 'end', top + 4);
    text(tail(first.layer), left - 6, 'start', base + 18);
    if (points.length > 1) text(tail(last.layer), width, 'end', base + 18);
    return el('figure.chart', {},
      el('figcaption', {}, el('b', {}, data.name), el('span', {}, `last layer ${label(last.value)}`)),
      chart, el('p.hint', {}, data.help));
  };

  return { interval, rateText, histogram, curve };
})();
