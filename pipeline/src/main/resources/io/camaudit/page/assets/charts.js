'use strict';
/* The page's small charts: an interval on a scale, a histogram. */
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

  return { interval, rateText, histogram };
})();
