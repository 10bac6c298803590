'use strict';
/* One class: what its maps look like, its numbers, its confusions and its pictures. */
camaudit.classview = (() => {
  const { el, count, number, percent, plural } = camaudit;
  let shown = null;

  const flags = (list) => (list.length === 0 ? null : el('section.card.warned', { 'aria-label': 'Why this class is suspect' },
    list.map((flag) => el('p.sentence', {}, el('span.flag', {}, flag.title), ' ', flag.sentence)),
    [...new Set(list.map((flag) => flag.caution))].map((caution) => el('p.caution', {}, caution))));

  /** A small photograph with one map over it. */
  const picture = (image, explanation) => {
    const source = image.photo || image.overlay;
    const frame = el('span.tile-frame', {
      style: image.width ? { aspectRatio: `${image.width} / ${image.height}` } : {},
    });
    // The longer side fills the square tile.
    frame.style[image.width < image.height ? 'height' : 'width'] = '100%';
    if (source) {
      frame.append(el('img', { src: camaudit.path(source), alt: '', loading: 'lazy', decoding: 'async' }));
    }
    if (image.photo && explanation && explanation.map) {
      const canvas = el('canvas.heat', { width: 56, height: 56, 'aria-hidden': 'true' });
      camaudit.viewer.place(canvas, explanation.frame);
      camaudit.heat.draw(canvas, explanation.map, camaudit.viewer.colours(), camaudit.data.opacity, true);
      frame.append(canvas);
    }
    return el('span.tile-picture', {}, frame);
  };

  const tile = (data, gallery, image) => {
    const first = image.explanations[0];
    const box = picture(image, first);
    const top = image.top[0];
    const where = first && first.map ? `, map ${camaudit.heat.words(first.map)}` : '';
    return el('a.tile', {
      href: camaudit.imageHref(data.key, gallery.id, image.name),
      'data-image': data.images.indexOf(image),
      'aria-label': `${image.name}: predicted ${top ? `${top.name} ${percent(top.probability)}` : 'nothing'}${where}`,
    }, box, el('span.tile-name', { 'data-whole': image.name.includes('/') ? image.name : null }, image.name.split('/').pop()),
      top ? el('span.tile-text', {}, `${top.name} ${percent(top.probability)}`) : null);
  };

  /** The images that a gallery shows, a row each. */
  const save = (data, one) => camaudit.saveCsv(`${one.id.toLowerCase().replaceAll('_', '-')}-${data.key}.csv`, [
    ['image', 'label', 'predicted', 'probability', 'verdict', 'status'],
    ...one.images.map((i) => data.images[i]).map((image) => [image.name, image.label,
      image.top[0] && image.top[0].name, image.top[0] && image.top[0].probability, image.verdict, image.status])]);

  const gallery = (data, one) => {
    const verdict = camaudit.verdicts[one.id];
    const capped = one.total > one.images.length
      ? `${count(one.images.length)} of ${count(one.total)} shown` : plural(one.total, 'image');
    return el('section.gallery', { id: `gallery-${one.id}` },
      el('h3', {},
        el(`span.dot.tone-${verdict ? verdict.tone : 'none'}`, { 'aria-hidden': 'true' }), one.title,
        el('span.count', {}, capped),
        el('button.save', { type: 'button', onclick: () => save(data, one), 'aria-label': `Save “${one.title}” as CSV` }, 'CSV')),
      one.help ? el('p.hint', {}, one.help) : null,
      el('div.tiles', {}, one.images.map((i) => tile(data, one, data.images[i]))));
  };

  const map = (title, data, help) => el('figure.map', {},
    el('figcaption', {}, title),
    data
      ? [camaudit.heat.picture(data, camaudit.scale, 224, `${title}: ${camaudit.heat.words(data)}`),
        camaudit.heat.legend(camaudit.scale, 0, data.max, data.unit)]
      : el('p.none', {}, 'No map to average.'),
    el('p.hint', {}, help));

  const numbers = (data) => el('table.numbers', {},
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Number'), el('th', { scope: 'col' }, 'This class'),
      el('th', { scope: 'col' }, '95 % interval'), el('th', { scope: 'col' }, 'All images'))),
    el('tbody', {}, data.numbers.map((n) => {
      const text = (x) => (n.percent ? percent(x) : number(x));
      return el('tr', {},
        el('th', { scope: 'row', title: n.help }, n.name), el('td', {}, text(n.value)),
        el('td.soft', {}, n.low === undefined ? '–' : `${text(n.low)} to ${text(n.high)}`),
        el('td.soft', {}, text(n.all)));
    })));

  /** An AUC with its interval; one that is a flag stands out. */
  const auc = (triple, flagged) => (triple
    ? el(flagged ? 'td.told-by' : 'td.soft', {}, `${number(triple[0])} (${number(triple[1])}–${number(triple[2])})`)
    : el('td.soft', {}, '–'));

  const properties = (data) => {
    if (data.properties.length === 0) return null;
    const right = data.properties.some((p) => p.right);
    const text = (p, x) => (p.kind === 'share' ? percent(x)
      // No minus before a zero.
      : number(x < 0 && x > -0.005 ? 0 : x, p.kind === 'whole' ? 0 : 2));
    return el('section.card', { id: 'pictures' },
      el('h3', {}, 'The pictures themselves'),
      el('p.hint', {}, 'What tells them from other pictures whatever they show. AUC: in how many of all pairs the class’s'
        + ` image has more of it than another class’s${right ? ', or one classified correctly more than one that is not' : ''};`
        + ' 0.50 says nothing, 0 and 1 everything. In brackets the 95 % interval.'),
      el('table.numbers', {},
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Property'), el('th', { scope: 'col' }, 'This class'),
          el('th', { scope: 'col' }, 'All images'), el('th', { scope: 'col' }, 'AUC against the rest'),
          right ? el('th', { scope: 'col' }, 'AUC right against wrong') : null)),
        el('tbody', {}, data.properties.map((p) => el('tr', {},
          el('th', { scope: 'row', title: p.help }, p.name), el('td', {}, text(p, p.value)),
          el('td.soft', {}, text(p, p.all)), auc(p.rest, p.restFlag), right ? auc(p.right, p.rightFlag) : null)))),
      data.propertyFlags.map((flag) => el('p.sentence', {}, el('span.flag', {}, flag.title), ' ', flag.sentence)),
      [...new Set(data.propertyFlags.map((flag) => flag.caution))].map((caution) => el('p.caution', {}, caution)));
  };

  const confusions = (data) => {
    if (!data.confusions) return null;
    const most = Math.max(1, ...data.confusions.map((c) => c.count));
    return el('section.card', {},
      el('h3', {}, 'Mistaken for'),
      data.confusions.length === 0
        ? el('p.soft', {}, 'No image of this class was given another name.')
        : el('ul.bars', {}, data.confusions.map((c) => el('li', {},
          camaudit.byKey.has(c.key) ? el('a', { href: camaudit.classHref(c.key) }, c.name) : el('span', {}, c.name),
          el('span.bar-track', { 'aria-hidden': 'true' }, el('span.bar-fill', { style: { width: `${(100 * c.count) / most}%` } })),
          el('span.bar-text', {}, count(c.count))))));
  };

  /** One image's maps from layer to layer: of the first gallery that has a photograph, its first. */
  const sweep = (data) => {
    const shown = data.galleries.map((g) => [g, data.images[g.images[0]]])
      .find(([, image]) => image && image.photo && image.explanations.length > 1);
    if (!shown) return null;
    const [one, image] = shown;
    const first = image.explanations[0];
    const at = (layer) => image.explanations.find((e) => e.layer === layer && e.target === first.target);
    return [
      el('h4', {}, 'One image, layer by layer'),
      el('p.hint', {}, el('a', { href: camaudit.imageHref(data.key, one.id, image.name) }, image.name.split('/').pop()),
        `, maps of “${first.target}”, each in its own scale: the first of “${one.title}”.`),
      el('ol.tiles.sweep', { 'aria-label': `Maps of ${image.name} at each layer` }, data.curves[0].points
        .filter((p) => at(p.layer))
        .map((p) => el('li.tile', {}, picture(image, at(p.layer)), el('span.tile-name', { title: p.layer }, p.layer),
          el('span.tile-text', {}, at(p.layer).region ? `lift ${number(at(p.layer).region.lift)}`
            : at(p.layer).attention ? `entropy ${number(at(p.layer).attention.entropy)}` : 'empty map')))),
    ];
  };

  const depth = (data) => (!data.curves || data.curves.length === 0 ? null : el('section.card', { id: 'class-depth' },
    el('h3', {}, 'Over depth'),
    el('p.hint', {}, 'Means at each layer, the network’s first exported layer to its last. Thick line: the class, '
      + 'with its 95 % intervals as a band. Thin line: all images. Dashed line: chance.'),
    el('div.charts', {}, data.curves.map(camaudit.charts.curve)),
    sweep(data)));

  const build = (data) => el('div', {},
    el('p.crumbs', {}, el('a', { href: '#/classes' }, 'Classes'), ' / '),
    el('header.class-head', {},
      el('h1', { tabindex: '-1' }, data.name),
      el('p.soft', {}, [data.id && data.id !== data.name ? data.id : null,
        plural(data.total, 'image'), ...data.counts.map((c) => `${count(c.count)} ${c.name}`)].filter(Boolean).join(' · '))),
    camaudit.proof.section(data.proof, data.name),
    flags(data.flags),
    el('div.class-top', {},
      el('div', {}, el('section.card.maps', {},
        map('Mean map', data.mean, 'Each map is divided by its own maximum first, so that every image weighs the same.'),
        map('Standard deviation', data.deviation, 'Where the class’s images differ from each other in what the model looks at.')),
      confusions(data)),
      el('section.card', {}, el('h3', {}, 'Numbers'), numbers(data))),
    camaudit.channels.section(data.channels, data.name),
    data.histograms.length === 0 ? null : el('section.card', {},
      el('h3', {}, 'Distributions'),
      el('p.hint', {}, 'Images by their number. Solid line: mean of the class. Dashed line: chance.'),
      el('div.charts', {}, data.histograms.map(camaudit.charts.histogram))),
    depth(data),
    properties(data),
    camaudit.strategies.section(data),
    el('section.galleries', {},
      el('h2', {}, 'Images'),
      el('p.hint', {}, data.order),
      data.missing.map((sentence) => el('p.notice', {}, sentence)),
      data.galleries.map((one) => gallery(data, one))));

  /** Shows the class; answers its data. Keeps what is there when the class is shown already. */
  const show = async (key) => {
    const host = document.getElementById('view-class');
    if (shown === key) return camaudit.load(key);
    shown = key;
    host.replaceChildren(el('p.soft', {}, 'Loading…'));
    try {
      const data = await camaudit.load(key);
      if (shown === key) host.replaceChildren(build(data));
      return data;
    } catch (error) {
      shown = null;
      host.replaceChildren(el('h1', { tabindex: '-1' }, 'Not in this report'), el('p', {}, error.message),
        el('p', {}, el('a', { href: '#/classes' }, 'All classes')));
      return null;
    }
  };

  return { show, tile, picture };
})();
