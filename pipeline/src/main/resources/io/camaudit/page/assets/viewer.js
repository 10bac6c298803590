'use strict';
/* One image, large: photograph, heat over it as strongly as the reader wants, regions, numbers. */
camaudit.viewer = (() => {
  const { el, svg, percent, number } = camaudit;
  const state = { colormap: null, opacity: null, mode: 'overlay', outlines: true, explanation: 0 };
  let now = null;

  /** The colour scale that the reader chose for images. */
  const colours = () => camaudit.data.colormaps[state.colormap] || camaudit.scale;

  /** Lays a canvas over the part of the photograph that the model saw: fractions of its sides. */
  const place = (node, [left, top, right, bottom]) => {
    Object.assign(node.style, {
      left: `${100 * left}%`, top: `${100 * top}%`, width: `${100 * (right - left)}%`, height: `${100 * (bottom - top)}%`,
    });
  };

  const outlines = (rings) => {
    const layer = svg('svg', { class: 'outlines', viewBox: '0 0 1 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    const path = rings.map((ring) => {
      let d = '';
      for (let i = 0; i < ring.length; i += 2) d += `${i ? 'L' : 'M'}${ring[i]} ${ring[i + 1]}`;
      return `${d}Z`;
    }).join('');
    // Two strokes, dark under light: seen on any photograph and on any heat.
    layer.append(svg('path', { d: path, class: 'outline-under' }), svg('path', { d: path, class: 'outline-over' }));
    return layer;
  };

  const pairs = (entries) => el('dl.pairs', {}, entries.filter(Boolean).map(([name, value, help]) => [
    el('dt', { title: help }, name), el('dd', {}, value)]).flat());

  const shown = (value, kind) => {
    if (kind === 'hit') return value ? 'yes' : 'no';
    return kind === 'share' ? percent(value) : number(value);
  };

  /** The numbers of a record that the glossary names, in the glossary's order. */
  const numbers = (record, glossary) => pairs(Object.entries(glossary)
    .filter(([field]) => record[field] !== undefined && record[field] !== null)
    .map(([field, entry]) => [entry.name, shown(record[field], entry.kind), entry.help]));

  const STATUS = {
    EMPTY_MAP: 'Nothing in this map speaks for the class: no cell is positive.',
    NOT_FINITE: 'The model answered with NaN or infinity here, so there is nothing to draw.',
  };

  /** Redraws what depends on the slider, the mode and the toggle. */
  const paint = () => {
    const { image, parts } = now;
    const explanation = image.explanations[state.explanation];
    const strength = { photo: 0, heat: 1, overlay: state.opacity }[state.mode];
    if (parts.canvas && explanation && explanation.map) {
      camaudit.heat.draw(parts.canvas, explanation.map, colours(), strength, state.mode === 'overlay');
    }
    if (parts.canvas) parts.canvas.hidden = !(explanation && explanation.map) || strength === 0;
    parts.stage.dataset.mode = state.mode;
    if (parts.outlines) parts.outlines.toggleAttribute('hidden', !state.outlines);
    parts.slider.value = Math.round(100 * state.opacity);
    parts.slider.disabled = state.mode !== 'overlay' || !image.photo;
    parts.output.textContent = `${Math.round(100 * state.opacity)}\u202f%`;
    parts.modes.forEach((button) => button.setAttribute('aria-pressed', button.dataset.mode === state.mode));
  };

  const stage = (image, parts) => {
    const box = el('div.stage', { style: image.width ? { aspectRatio: `${image.width} / ${image.height}` } : {} });
    if (image.width) box.style.setProperty('--ratio', image.width / image.height);
    const source = image.photo || image.overlay;
    const top = image.top[0];
    if (source) {
      box.append(el('img', {
        src: camaudit.path(source),
        alt: `${image.photo ? 'Photograph' : 'Overlay'} ${image.name}${image.label ? `, labelled ${image.label}` : ''}`
          + `${top ? `, predicted ${top.name}` : ''}`,
      }));
    }
    const explanation = image.explanations[state.explanation];
    if (image.photo && explanation) {
      parts.canvas = el('canvas.heat', { width: 224, height: 224, role: 'img' });
      parts.canvas.setAttribute('aria-label', explanation.map
        ? `Heatmap for ${explanation.target}, ${camaudit.heat.words(explanation.map)}` : 'No heatmap');
      place(parts.canvas, explanation.frame);
      box.append(parts.canvas);
    }
    if (image.regions && image.regions.length) {
      parts.outlines = outlines(image.regions);
      box.append(parts.outlines);
    }
    parts.stage = box;
    return el('div.stage-frame', {}, box);
  };

  const controls = (image, parts) => {
    const mode = (id, name) => el('button', { type: 'button', 'data-mode': id, onclick: () => { state.mode = id; paint(); } }, name);
    parts.modes = [mode('photo', 'Photograph'), mode('heat', 'Heatmap'), mode('overlay', 'Overlay')];
    parts.slider = el('input', { type: 'range', min: 0, max: 100, step: 1, id: 'opacity', oninput: (event) => {
      state.opacity = event.target.value / 100;
      paint();
    } });
    parts.output = el('output', { for: 'opacity' });
    const explanation = image.explanations[state.explanation];
    return el('div.controls', {},
      image.photo ? el('div.modes', { role: 'group', 'aria-label': 'What to show' }, parts.modes) : null,
      el('label.opacity', { for: 'opacity', hidden: !image.photo }, 'Opacity', parts.slider, parts.output),
      parts.outlines ? el('label.toggle', {},
        el('input', { type: 'checkbox', checked: state.outlines, onchange: (event) => { state.outlines = event.target.checked; paint(); } }),
        'Region outlines') : null,
      scaleChoice(),
      explanation && explanation.map
        ? camaudit.heat.legend(colours(), 0, explanation.map.max, 'raw map value (negative shown as 0)') : null);
  };

  const scaleChoice = () => {
    const names = Object.keys(camaudit.data.colormaps);
    return names.length < 2 ? null : el('label.choose', {}, 'Colours ',
      el('select', { 'aria-label': 'Colours of the map', onchange: (event) => { state.colormap = event.target.value; render(); } },
        names.map((name, i) => el('option', { value: name, selected: name === (state.colormap || names[0]) },
          i === 0 ? `${name} (safe for colour-blind readers)` : name))));
  };

  const choose = (image) => (image.explanations.length < 2 ? null
    : el('label.choose', {}, 'Map ',
      el('select', { 'aria-label': 'Map to show', onchange: (event) => { state.explanation = Number(event.target.value); render(); } },
        image.explanations.map((e, i) => el('option', { value: i, selected: i === state.explanation },
          `${e.target} (${e.why}) · ${e.method} · ${e.layer}`)))));

  const side = (image) => {
    const explanation = image.explanations[state.explanation];
    return el('div.side', {},
      el('p', {}, camaudit.badge(image)),
      image.reason ? el('p.notice', {}, image.reason) : null,
      image.photo ? null : el('p.notice', {}, image.overlay
        ? 'The photograph could not be read when this page was made. Shown is the overlay that the run wrote.'
        : 'The photograph could not be read when this page was made, and the run wrote no overlay.'),
      el('h3', {}, image.label ? ['Label: ', el('b', {}, image.label)] : 'No label'),
      el('ol.top', {}, image.top.map((p) => el('li', { class: p.label ? 'is-label' : null },
        el('span.top-name', {}, p.name, p.label ? el('span.soft', {}, ' (the label)') : null),
        el('span.bar-track', { 'aria-hidden': 'true' }, el('span.bar-fill', { style: { width: `${100 * p.probability}%` } })),
        el('span.bar-text', {}, percent(p.probability))))),
      choose(image),
      explanation ? el('p.soft', {}, `Map of “${explanation.target}”: ${explanation.method}, ${explanation.layer}`
        + `${explanation.score === undefined ? '' : `, logit ${number(explanation.score)}`}`) : null,
      explanation && STATUS[explanation.status] ? el('p.notice', {}, STATUS[explanation.status]) : null,
      explanation && explanation.region ? [el('h3', {}, 'Map and region'), numbers(explanation.region, camaudit.data.regionNumbers)] : null,
      explanation && explanation.attention ? [el('h3', {}, 'The map itself'), numbers(explanation.attention, camaudit.data.attentionNumbers)] : null,
      el('p.soft.file', {}, image.name, image.width ? ` · ${image.width} × ${image.height}` : '',
        image.record ? [' · ', el('a', { href: camaudit.path(image.record) }, 'full record')] : null));
  };

  const render = () => {
    const { dialog, image, position, length } = now;
    const parts = {};
    now.parts = parts;
    if (state.explanation >= image.explanations.length) state.explanation = 0;
    if (state.opacity === null) state.opacity = camaudit.data.opacity;
    const step = (by, name, sign) => el('button.step', { type: 'button', 'aria-label': name, title: `${name} (${sign})`,
      disabled: position + by < 0 || position + by >= length, onclick: () => move(by) }, sign);
    // Focus stays where the reader had it: on the same control of the next image.
    const held = document.activeElement && dialog.contains(document.activeElement)
      ? document.activeElement.getAttribute('aria-label') || document.activeElement.id : null;
    dialog.replaceChildren(
      el('header.viewer-head', {},
        el('h2', { id: 'viewer-title', tabindex: '-1' }, image.name),
        el('span.soft.position', {}, `${position + 1} of ${length} · ${now.gallery.title}`),
        step(-1, 'Previous image', '←'), step(1, 'Next image', '→'),
        el('button.step', { type: 'button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: () => dialog.close() }, '✕')),
      el('div.viewer-body', {}, el('div.viewer-main', {}, stage(image, parts), controls(image, parts)), side(image)));
    paint();
    const again = held && [...dialog.querySelectorAll('button, input, select')]
      .find((node) => !node.disabled && (node.getAttribute('aria-label') || node.id) === held);
    (again || dialog.querySelector('#viewer-title')).focus({ preventScroll: true });
  };

  const move = (by) => {
    const next = now.position + by;
    if (next < 0 || next >= now.length) return;
    const image = now.data.images[now.gallery.images[next]];
    // One entry of the history for the whole walk: “back” leads to the class.
    history.replaceState(null, '', camaudit.imageHref(now.data.key, now.gallery.id, image.name));
    state.explanation = 0;
    Object.assign(now, { image, position: next });
    render();
  };

  const keys = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input[type=range], select')) return;
    if (event.key === 'ArrowRight') move(1);
    else if (event.key === 'ArrowLeft') move(-1);
    else return;
    event.preventDefault();
  };

  const dialogNode = () => {
    const dialog = document.getElementById('viewer');
    if (!dialog.dataset.ready) {
      dialog.dataset.ready = 'yes';
      dialog.addEventListener('keydown', keys);
      dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener('close', () => {
        if (!now) return;
        const address = camaudit.imageHref(now.data.key, now.gallery.id, now.image.name);
        const key = now.data.key;
        now = null;
        if (location.hash === address) location.hash = camaudit.classHref(key);
        const tile = [...document.querySelectorAll('a.tile')].find((a) => a.getAttribute('href') === address);
        if (tile) tile.focus();
      });
    }
    return dialog;
  };

  /** Opens one image of a gallery; answers whether it is there. */
  const open = (data, galleryId, name) => {
    const gallery = data.galleries.find((g) => g.id === galleryId);
    const position = gallery ? gallery.images.findIndex((i) => data.images[i].name === name) : -1;
    if (position < 0) return false;
    const dialog = dialogNode();
    state.explanation = 0;
    now = { dialog, data, gallery, position, length: gallery.images.length, image: data.images[gallery.images[position]] };
    if (!dialog.open) dialog.showModal();
    render();
    return true;
  };

  const close = () => {
    const dialog = dialogNode();
    if (dialog.open) {
      now = null;
      dialog.close();
    }
  };

  return { open, close, place, colours };
})();
