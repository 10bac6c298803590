'use strict';
/* What became of a class's images when they were changed: strips first, numbers behind them. */
camaudit.proof = (() => {
  const { el, percent, number, plural } = camaudit;

  const frame = (one, name) => el('figure.frame', {},
    one.picture
      ? el('img', { src: camaudit.path(one.picture), alt: '', loading: 'lazy', decoding: 'async' })
      : el('span.frame-gone', {}, 'picture gone'),
    el('figcaption', {},
      el('span.frame-name', {}, one.name),
      el(`span.frame-answer.${one.kept ? 'kept' : 'lost'}`, {}, one.predicted),
      el('span.frame-share', {}, `${name} ${one.probability}`)));

  const strip = (one, name) => el('div.strip', { role: 'group', 'aria-label': one.image },
    one.frames.map((each) => frame(each, name)));

  const signed = (triple, text) => (triple
    ? `${triple[0] > 0 ? '+' : ''}${text(triple[0])} (${text(triple[1])} to ${text(triple[2])})` : '–');
  const points = (x) => (100 * x).toFixed(0);

  const table = (data) => el('table.numbers', {},
    el('thead', {}, el('tr', {}, ['What was shown', 'Kept', '', '95 % interval', 'Against the control, points', 'p',
      'Mean probability', 'Change of the logit'].map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, data.variants.map((row) => el('tr', {},
      el('th', { scope: 'row', title: row.help }, row.name),
      el('td', {}, percent(row.kept[0])),
      el('td.soft', {}, `${row.count} of ${row.of}`),
      el('td.soft', {}, `${percent(row.kept[1])} to ${percent(row.kept[2])}`),
      el('td.soft', {}, signed(row.against, points)),
      el('td.soft', {}, row.pValue === undefined ? '–' : row.pValue < 0.001 ? row.pValue.toExponential(1) : number(row.pValue, 3)),
      el('td.soft', {}, row.probability ? `${percent(row.probability[0])} → ${percent(row.probability[1])}` : '–'),
      el('td.soft', {}, signed(row.logit, (x) => number(x))))))
    );

  /** Of a class by its name; nothing without a proof. */
  const section = (data, name) => (data ? el('section.card.evidence', { 'aria-label': 'Evidence' },
    el('h2', {}, el(`span.badge.tone-${data.tone}`, {}, data.level), ' ', data.headline),
    data.background ? el('p.sentence', {}, data.background) : null,
    data.strips.map((one) => strip(one, name)),
    data.decide ? el('p.hint', {}, data.decide) : null,
    el('details', {},
      el('summary', {}, 'Numbers'),
      el('p.sentence', {}, data.sentence),
      data.gap ? el('p.sentence', {}, `Background gap: ${signed(data.gap, points)} points, kept on backgrounds of its own `
        + 'class less kept on those of others.') : null,
      el('div.scroll', {}, table(data)),
      el('p.hint', {}, `${plural(data.images, 'image')} that the model calls this class, changed and shown to it again. `
        + 'Kept: it still does; of the hot patch, images of other classes that become this one.'))) : null);

  return { section };
})();
