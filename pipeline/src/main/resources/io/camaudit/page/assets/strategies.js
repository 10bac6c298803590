'use strict';
/* In how many ways a class is seen: a scatter, a table, and a choice that filters the galleries. */
camaudit.strategies = (() => {
  const { el, count, percent, number, plural } = camaudit;

  const signed = (triple, text) => (triple
    ? `${triple[0] > 0 ? '+' : ''}${text(triple[0])} (${text(triple[1])} to ${text(triple[2])})` : '–');
  const points = (x) => (100 * x).toFixed(0);
  const rate = (triple) => (triple ? `${percent(triple[0])} (${points(triple[1])}–${points(triple[2])})` : '–');

  /*
   * What is chosen: nothing, a way, or some points. Each has words for buttons and files, and says of a point (by its place)
   * and of an image of the page (by its own) whether it is of the choice.
   */
  const everything = { way: null, words: '', file: '', point: () => true, image: () => true };

  const ofWay = (of, way) => ({
    way, words: ` of way ${way}`, file: `-way-${way}`, point: (i) => of.points.strategies[i] === way, image: (i) => of.ofImages[i] === way,
  });

  const ofPoints = (data, places) => {
    const points = new Set(places);
    const names = new Set(places.map((i) => data.strategies.points.names[i]));
    return {
      way: null, words: ` of ${plural(points.size, 'chosen point')}`, file: '-chosen', point: (i) => points.has(i),
      image: (i) => names.has(data.images[i].name),
    };
  };

  /** The names of a choice as a CSV file of two columns. */
  const download = (data, chosen) => {
    const { names, strategies } = data.strategies.points;
    const rows = names.map((name, i) => [name, strategies[i]]).filter((row, i) => chosen.point(i));
    camaudit.saveCsv(`class-${data.key}${chosen.file}.csv`, [['image', 'strategy'], ...rows]);
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
    for (const dot of section.querySelectorAll('.way[data-point]')) {
      dot.classList.toggle('faded', !chosen.point(Number(dot.dataset.point)));
    }
    for (const tile of view.querySelectorAll('.gallery .tile[data-image]')) {
      tile.hidden = !chosen.image(Number(tile.dataset.image));
    }
    for (const gallery of view.querySelectorAll('.gallery')) {
      gallery.hidden = !gallery.querySelector('.tile:not([hidden])');
    }
    const images = new Set([...view.querySelectorAll('.gallery .tile[data-image]:not([hidden])')].map((t) => t.dataset.image));
    return chosen === everything ? '' : `The galleries below show images${chosen.words} only: ${plural(images.size, 'image')} of `
      + `${count(data.images.length)} on this page.`;
  };

  /** Of a class; nothing of a run that did not look for strategies. */
  const section = (data) => {
    const of = data.strategies;
    if (!of) return null;
    let chosen = everything;
    const status = el('p.hint', { role: 'status' });
    const buttons = of.strategies.map((row) => el('button.way-choice', {
      type: 'button', 'aria-pressed': 'false', onclick: () => chooseWay(row.number),
    }, el(`span.way-dot.way-${row.number}`, { 'aria-hidden': 'true' }), `Way ${row.number}`));
    const save = of.points ? el('button', { type: 'button', onclick: () => download(data, chosen) }, 'Names as CSV') : null;
    const clear = el('button', { type: 'button', hidden: true, onclick: () => choose(everything) }, 'All images');
    const host = el('section.card.ways', { id: 'ways-of-class' });
    const choose = (choice) => {
      chosen = choice;
      buttons.forEach((button, i) => button.setAttribute('aria-pressed', of.strategies[i].number === chosen.way));
      status.textContent = filter(data, host, chosen);
      clear.hidden = chosen === everything;
      if (save) save.textContent = `Names${chosen.words} as CSV`;
    };
    const chooseWay = (way) => choose(chosen.way === way ? everything : ofWay(of, way));
    const chooseSome = (places) => choose(places.length ? ofPoints(data, places) : everything);
    host.append(...[
      el('h3', {}, of.headline),
      el('p.hint', {}, of.sentence),
      el(of.points ? 'div.ways-grid' : 'div', {},
        of.points ? camaudit.scatter.draw(of, chooseWay, chooseSome) : null,
        el('div', {},
          el('div.scroll', {}, table(of, buttons)),
          several(of) ? el('p.hint', {}, 'Below a number: its difference to the class’s other images, with the 95 % interval.') : null,
          words(of),
          status,
          save ? el('p.ways-actions', {}, save, clear, of.points.names.length < of.images
            ? el('span.hint', {}, ` ${count(of.points.names.length)} of ${count(of.images)} images are in the scatter; `
              + `all are in ${of.file}.`) : null) : null))].filter(Boolean));
    return host;
  };

  return { section };
})();
