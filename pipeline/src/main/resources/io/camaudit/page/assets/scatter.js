'use strict';
/* Images as points: one that is clicked chooses its way, a box drawn around some chooses these. */
camaudit.scatter = (() => {
  const { el, svg, plural } = camaudit;
  const SIZE = 300;
  const EDGE = 14;
  /** A hand that clicks is not always still. */
  const LEAST = 4;

  const at = (value) => EDGE + ((SIZE - 2 * EDGE) * (value + 1)) / 2;

  /** Where on the chart a pointer is. */
  const place = (chart, event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  /** Lets a box be drawn; mice and pens only, since a finger scrolls. */
  const boxes = (chart, points, done) => {
    let from = null;
    let box = null;
    const edges = (to) => [0, 1].map((axis) => [Math.min(from[axis], to[axis]), Math.max(from[axis], to[axis])]);
    chart.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'touch' && event.button === 0) from = place(chart, event);
    });
    chart.addEventListener('pointermove', (event) => {
      if (!from) return;
      const [[left, right], [top, bottom]] = edges(place(chart, event));
      if (!box) {
        if (Math.max(right - left, bottom - top) < LEAST) return;
        box = svg('rect', { class: 'scatter-box' });
        chart.append(box);
        chart.setPointerCapture(event.pointerId);
      }
      const sides = { x: left, y: top, width: right - left, height: bottom - top };
      Object.entries(sides).forEach(([name, value]) => box.setAttribute(name, value.toFixed(1)));
    });
    const end = (event, choose) => {
      if (box && choose) {
        const [[left, right], [top, bottom]] = edges(place(chart, event));
        done(points.flatMap(([x, y], i) => (x >= left && x <= right && y >= top && y <= bottom ? [i] : [])));
      }
      if (box) box.remove();
      from = null;
      box = null;
    };
    chart.addEventListener('pointerup', (event) => end(event, true));
    chart.addEventListener('pointercancel', (event) => end(event, false));
  };

  /**
   * The chart of a class's ways.
   *
   * chooseWay gets a way's number, chooseSome the places of points in the list.
   */
  const draw = (of, chooseWay, chooseSome) => {
    const { names, strategies, x, y } = of.points;
    const points = names.map((name, i) => [at(x[i]), at(-y[i])]);
    const chart = svg('svg', {
      viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'scatter', role: 'img',
      'aria-label': `Scatter of ${plural(names.length, 'image')}: ${of.headline.toLowerCase()}`,
    });
    names.forEach((name, i) => {
      const dot = svg('circle', {
        cx: points[i][0].toFixed(1), cy: points[i][1].toFixed(1), r: names.length > 300 ? 2.5 : 4,
        class: `way way-${strategies[i]}`, 'data-point': i,
      }, svg('title'));
      dot.firstChild.textContent = `${name} · way ${strategies[i]}`;
      if (of.strategies.length > 1) dot.addEventListener('click', () => chooseWay(strategies[i]));
      chart.append(dot);
    });
    boxes(chart, points, chooseSome);
    return el('figure.scatter-frame', {}, chart, el('figcaption.hint', {},
      'Each point is an image; near ones have neighbours in common in what speaks for the answer. Those of a way '
      + 'that nothing joins with the others can fall on one point. The axes are the second and third coordinate of the '
      + 'spectrum. A box drawn with the mouse chooses the points in it.'));
  };

  return { draw };
})();
