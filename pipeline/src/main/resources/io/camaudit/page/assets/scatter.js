'use strict';
/* Images as points: one that is clicked chooses its way, a box around some chooses these. */
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

  /** How far a key moves the cross, without and with Shift. */
  const STEP = 10;
  const FINE_STEP = 1;
  /** What a key adds to the place of the cross, across and down. */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /**
   * Lets a box be drawn from one corner to the opposite one: by a mouse or pen that is drawn across; by a finger, which would
   * scroll, in two taps; by keys, which move a cross and set corners at it.
   */
  const boxes = (chart, points, say, done) => {
    let from = null;
    let box = null;
    let cross = null;
    const edges = (to) => [0, 1].map((axis) => [Math.min(from[axis], to[axis]), Math.max(from[axis], to[axis])]);
    const inside = (to) => {
      const [[left, right], [top, bottom]] = edges(to);
      return points.flatMap(([x, y], i) => (x >= left && x <= right && y >= top && y <= bottom ? [i] : []));
    };
    const stretch = (to) => {
      const [[left, right], [top, bottom]] = edges(to);
      if (!box) {
        box = svg('rect', { class: 'scatter-box' });
        chart.append(box);
      }
      const sides = { x: left, y: top, width: right - left, height: bottom - top };
      Object.entries(sides).forEach(([name, value]) => box.setAttribute(name, value.toFixed(1)));
    };
    const drop = () => {
      if (box) box.remove();
      from = null;
      box = null;
    };
    /** The first corner, then the opposite one. */
    const corner = (point) => {
      if (box) {
        const chosen = inside(point);
        drop();
        done(chosen);
        say('');
      } else {
        from = point;
        stretch(point);
        say('The first corner is set.');
      }
    };

    chart.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'touch' || event.button !== 0) return;
      drop();
      from = place(chart, event);
    });
    chart.addEventListener('pointermove', (event) => {
      if (!from || event.pointerType === 'touch' || !event.buttons) return;
      const to = place(chart, event);
      if (!box) {
        if (Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) < LEAST) return;
        chart.setPointerCapture(event.pointerId);
      }
      stretch(to);
    });
    chart.addEventListener('pointerup', (event) => {
      if (event.pointerType === 'touch') return;
      if (box) corner(place(chart, event));
      drop();
    });
    chart.addEventListener('pointercancel', (event) => event.pointerType === 'touch' || drop());
    // A tap on a point chooses its way, unless a box is under way.
    chart.addEventListener('click', (event) => {
      if (event.pointerType !== 'touch' || (event.target !== chart && !box)) return;
      event.stopPropagation();
      corner(place(chart, event));
    }, { capture: true });

    const mark = (point) => {
      if (cross) cross.remove();
      cross = point && svg('path', { class: 'scatter-cross', d: `M${point[0] - 6} ${point[1]}h12M${point[0]} ${point[1] - 6}v12` });
      if (cross) chart.append(cross);
    };
    let aim = [SIZE / 2, SIZE / 2];
    chart.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key in ARROWS) {
        const step = event.shiftKey ? FINE_STEP : STEP;
        aim = aim.map((value, axis) => Math.max(0, Math.min(SIZE, value + step * ARROWS[event.key][axis])));
        if (box) {
          stretch(aim);
          say(`${plural(inside(aim).length, 'point')} in the box.`);
        }
      } else if (event.key === 'Enter' || event.key === ' ') {
        corner(aim);
      } else if (event.key === 'Escape' && box) {
        drop();
        say('');
      } else {
        return;
      }
      event.preventDefault();
      mark(aim);
    });
    chart.addEventListener('focus', () => chart.matches(':focus-visible') && mark(aim));
    chart.addEventListener('blur', () => {
      mark(null);
      drop();
      say('');
    });
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
      viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'scatter', role: 'application', tabindex: 0,
      'aria-label': `Scatter of ${plural(names.length, 'image')}: ${of.headline.toLowerCase()}`, 'aria-describedby': 'scatter-keys',
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
    const status = el('span', { role: 'status' });
    boxes(chart, points, (text) => { status.textContent = text; }, chooseSome);
    return el('figure.scatter-frame', {}, chart, el('figcaption.hint', {},
      'Each point is an image; near ones have neighbours in common in what speaks for the answer. Those of a way '
      + 'that nothing joins with the others can fall on one point. The axes are the second and third coordinate of the '
      + 'spectrum. ',
      el('span', { id: 'scatter-keys' }, 'A box chooses the points in it: draw it with the mouse, tap two corners, or move the cross with '
        + 'the arrow keys, with Shift in small steps, and press Enter at two corners; Escape drops it.'),
      ' ', status));
  };

  return { draw };
})();
