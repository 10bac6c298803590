'use strict';
/* In how many ways a class is seen: a scatter, a table, and a choice that filters the galleries. */
camaudit.strategies = (() => {
  const { el, svg, count, percent, number, plural } = camaudit;
  const SIZE = 300;
  const EDGE = 14;

  const signed = (triple, text) => (triple
    ? `${triple[0] > 0 ? '+' : ''}${text(triple[0])} (${text(triple[1])} to ${text(triple[2])})` : '–');
  const points = (x) => (100 * x).toFixed(0);
  const rate = (triple) => (triple ? `${percent(triple[0])} (${points(triple[1])}–${points(triple[2])})` : '–');

  /** The names of a choice, or of all, as a CSV file of two columns. */
  const csv = (data, chosen) => {
    const { names, strategies } = data.strategies.points;
    const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = names.map((name, i) => [name, strategies[i]]).filter(([, s]) => chosen === null || s === chosen);
    return `image,strategy\n${lines.map(([name, s]) => `${cell(name)},${s}\n`).join('')}`;
  };

  const download = (data, chosen) => {
    const address = URL.createObjectURL(new Blob([csv(data, chosen)], { type: 'text/csv' }));
    const link = el('a', { href: address, download: `class-${data.key}${chosen === null ? '' : `-way-${chosen}`}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  const scatter = (data, choose) => {
    const { names, strategies, x, y } = data.strategies.points;
    const at = (value) => EDGE + ((SIZE - 2 * EDGE) * (value + 1)) / 2;
    const chart = svg('svg', {
      viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'scatter', role: 'img',
      'aria-label': `Scatter of ${plural(names.length, 'image')}: ${data.strategies.headline.toLowerCase()}`,
    });
    names.forEach((name, i) => {
      const dot = svg('circle', {
        cx: at(x[i]).toFixed(1), cy: at(-y[i]).toFixed(1), r: names.length > 300 ? 2.5 : 4,
        class: `way way-${strategies[i]}`, 'data-way': strategies[i],
      }, svg('title'));
      dot.firstChild.textContent = `${name} · way ${strategies[i]}`;
      if (data.strategies.strategies.length > 1) dot.addEventListener('click', () => choose(strategies[i]));
      chart.append(dot);
    });
    return el('figure.scatter-frame', {}, chart, el('figcaption.hint', {},
      'Each point is an image; near ones have neighbours in common in what speaks for the answer. Those of a way '
      + 'that nothing joins with the others can fall on one point. The axes are the second and third coordinate of the spectrum.'));
  };

  const channels = (row) => (row.telling
    ? row.telling.map((t) => `${t.channel}: ${percent(t.share)} (others ${percent(t.others)})`)
    : row.channels.map((c) => `${c.channel}: ${percent(c.share)}`)).join(', ');

  const several = (of) => of.strategies.length > 1;

  /** A number, and below it how it differs from the class's other images. */
  const cell = (text, against, unit) => el('td', {}, text, against ? el('span.against', {}, `${against}${unit}`) : null);

  const table = (of, buttons) => el('table.numbers', {},
    el('thead', {}, el('tr', {}, [several(of) ? 'Way' : null, 'Images', 'Share of the class', 'Accuracy', 'Right-reason rate',
      'Border lift'].filter(Boolean).map((title) => el('th', { scope: 'col' }, title)))),
    el('tbody', {}, of.strategies.map((row, i) => el('tr', {},
      several(of) ? el('th', { scope: 'row' }, buttons[i]) : null,
      el('td', {}, count(row.images)),
      el('td.soft', {}, rate(row.share)),
      cell(rate(row.accuracy), row.accuracyAgainst && signed(row.accuracyAgainst, points), ' points'),
      cell(rate(row.rightReason), row.rightReasonAgainst && signed(row.rightReasonAgainst, points), ' points'),
      cell(row.borderLift ? number(row.borderLift[0]) : '–',
        row.borderLiftAgainst && signed(row.borderLiftAgainst, (n) => n.toFixed(2)), '')))));

  const words = (of) => el('dl.pairs', {}, of.strategies.flatMap((row) => [
    el('dt', {}, several(of) ? `Way ${row.number}` : 'Channels'),
    el('dd', {}, several(of) ? `Called ${row.predictions || 'nothing'}. Channels that tell it: ` : '', channels(row)),
  ]));

  /** Hides what is not of the choice; says what is left. */
  const filter = (data, section, chosen) => {
    const view = section.parentElement;
    for (const dot of section.querySelectorAll('.way')) {
      dot.classList.toggle('faded', chosen !== null && Number(dot.dataset.way) !== chosen);
    }
    for (const tile of view.querySelectorAll('.gallery .tile[data-image]')) {
      tile.hidden = chosen !== null && data.strategies.ofImages[tile.dataset.image] !== chosen;
    }
    for (const gallery of view.querySelectorAll('.gallery')) {
      gallery.hidden = !gallery.querySelector('.tile:not([hidden])');
    }
    const images = new Set([...view.querySelectorAll('.gallery .tile[data-image]:not([hidden])')].map((t) => t.dataset.image));
    return chosen === null ? '' : `The galleries below show way ${chosen} only: ${plural(images.size, 'image')} of `
      + `${count(data.images.length)} on this page.`;
  };

  /** Of a class; nothing of a run that did not look for strategies. */
  const section = (data) => {
    const of = data.strategies;
    if (!of) return null;
    let chosen = null;
    const status = el('p.hint', { role: 'status' });
    const buttons = of.strategies.map((row) => el('button.way-choice', {
      type: 'button', 'aria-pressed': 'false', onclick: () => choose(row.number),
    }, el(`span.way-dot.way-${row.number}`, { 'aria-hidden': 'true' }), `Way ${row.number}`));
    const save = of.points ? el('button', { type: 'button', onclick: () => download(data, chosen) }, 'Names as CSV') : null;
    const host = el('section.card.ways', { id: 'ways-of-class' });
    const choose = (way) => {
      chosen = chosen === way ? null : way;
      buttons.forEach((button, i) => button.setAttribute('aria-pressed', of.strategies[i].number === chosen));
      status.textContent = filter(data, host, chosen);
      if (save) save.textContent = chosen === null ? 'Names as CSV' : `Names of way ${chosen} as CSV`;
    };
    host.append(...[
      el('h3', {}, of.headline),
      el('p.hint', {}, of.sentence),
      el(of.points ? 'div.ways-grid' : 'div', {},
        of.points ? scatter(data, choose) : null,
        el('div', {},
          el('div.scroll', {}, table(of, buttons)),
          several(of) ? el('p.hint', {}, 'Below a number: its difference to the class’s other images, with the 95 % interval.') : null,
          words(of),
          status,
          save ? el('p', {}, save, of.points.names.length < of.images
            ? el('span.hint', {}, ` ${count(of.points.names.length)} of ${count(of.images)} images are in the scatter; `
              + `all are in ${of.file}.`) : null) : null))].filter(Boolean));
    return host;
  };

  return { section };
})();
