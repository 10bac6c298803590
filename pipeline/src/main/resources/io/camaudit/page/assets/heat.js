'use strict';
/*
 * Maps as colour: values are interpolated first and coloured afterwards, so that no step of the
 * small grid is visible and no colour between two others is invented.
 */
camaudit.heat = (() => {
  const { el, number } = camaudit;
  const tables = new Map();

  const table = (hex) => {
    if (!tables.has(hex)) {
      tables.set(hex, Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.substr(2 * i, 2), 16)));
    }
    return tables.get(hex);
  };

  /**
   * Bilinear, edges held. Cells share the side evenly, with half-pixel centres: output pixel x reads the
   * grid at (x + 1/2) · w / size − 1/2. Or their centres are stated, as fractions of the side.
   */
  const upsample = (map, size) => {
    const out = new Float32Array(size * size);
    const place = (u, cells, centres) => {
      if (!centres) return u * cells - 0.5;
      const above = centres.findIndex((c) => c > u);
      const next = above < 0 ? cells - 1 : above;
      return next < 1 ? 0 : next - 1 + (u - centres[next - 1]) / (centres[next] - centres[next - 1]);
    };
    const axis = (cells, centres) => Array.from({ length: size }, (_, i) => {
      const at = Math.min(Math.max(place((i + 0.5) / size, cells, centres), 0), cells - 1);
      const low = Math.min(Math.floor(at), Math.max(cells - 2, 0));
      return [low, Math.min(low + 1, cells - 1), at - low];
    });
    const columns = axis(map.w, map.x);
    const rows = axis(map.h, map.y);
    for (let y = 0; y < size; y++) {
      const [top, bottom, dy] = rows[y];
      for (let x = 0; x < size; x++) {
        const [left, right, dx] = columns[x];
        const a = map.v[top * map.w + left] * (1 - dx) + map.v[top * map.w + right] * dx;
        const b = map.v[bottom * map.w + left] * (1 - dx) + map.v[bottom * map.w + right] * dx;
        out[y * size + x] = a * (1 - dy) + b * dy;
      }
    }
    return out;
  };

  /**
   * Draws a map whose values lie in [0, 1]; `opacity` becomes the pixels' alpha. With `fade` it is
   * the alpha of the maximum and falls off to a quarter of that at 0, so that the photograph stays
   * visible where the model did not look.
   */
  const draw = (canvas, map, hex, opacity = 1, fade = false) => {
    const size = canvas.width;
    const values = upsample(map, size);
    const colours = table(hex);
    const context = canvas.getContext('2d');
    const pixels = context.createImageData(size, size);
    for (let i = 0; i < values.length; i++) {
      const at = 3 * Math.min(255, Math.round(255 * values[i]));
      pixels.data[4 * i] = colours[at];
      pixels.data[4 * i + 1] = colours[at + 1];
      pixels.data[4 * i + 2] = colours[at + 2];
      pixels.data[4 * i + 3] = Math.round(255 * opacity * (fade ? 0.25 + 0.75 * values[i] : 1));
    }
    context.putImageData(pixels, 0, 0);
  };

  /** A canvas with the map in it, described for those who cannot see it. */
  const picture = (map, hex, size, description) => {
    const canvas = el('canvas.heat', { width: size, height: size, role: 'img', 'aria-label': description });
    draw(canvas, map, hex);
    return canvas;
  };

  /** A colour bar with the numbers at its ends and its middle. */
  const legend = (hex, low, high, unit) => {
    const bar = el('canvas.legend-bar', { width: 256, height: 1, 'aria-hidden': 'true' });
    const context = bar.getContext('2d');
    const pixels = context.createImageData(256, 1);
    const colours = table(hex);
    for (let i = 0; i < 256; i++) {
      pixels.data.set([colours[3 * i], colours[3 * i + 1], colours[3 * i + 2], 255], 4 * i);
    }
    context.putImageData(pixels, 0, 0);
    const digits = high >= 10 ? 0 : high >= 1 ? 1 : 2;
    return el('div.legend', {}, bar,
      el('div.legend-ends', {},
        el('span', {}, number(low, low === 0 ? 0 : digits)),
        el('span', {}, number((low + high) / 2, digits === 0 ? 1 : digits)),
        el('span', {}, number(high, digits))),
      el('div.legend-unit', {}, unit));
  };

  /** Where a map is strongest, in words: its alternative text. */
  const words = (map) => {
    let best = 0;
    map.v.forEach((value, i) => { if (value > map.v[best]) best = i; });
    if (map.v[best] === 0) return 'nothing positive anywhere';
    const third = (position, cells, centres, names) =>
      names[Math.min(2, Math.floor(centres ? 3 * centres[position] : (3 * (position + 0.5)) / cells))];
    const row = third(Math.floor(best / map.w), map.h, map.y, ['top', 'middle', 'bottom']);
    const column = third(best % map.w, map.w, map.x, ['left', 'centre', 'right']);
    return `strongest at the ${row} ${column}`;
  };

  return { draw, picture, legend, words, upsample };
})();
