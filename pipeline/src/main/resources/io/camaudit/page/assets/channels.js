'use strict';
/* The channels that carry a class, each with the pictures of the whole dataset that it likes most. */
camaudit.channels = (() => {
  const { el, percent, count, number } = camaudit;

  const between = (triple) => `${percent(triple[0])} (${percent(triple[1])} to ${percent(triple[2])})`;

  const words = (one) =>
    `${one.name}: ${one.target}, ${number(one.relevance)}${one.heat ? `, ${camaudit.heat.words(one.heat)}` : ''}`;

  const picture = (one) => el(`li.liked${one.own ? '' : '.other'}`, { title: words(one), 'aria-label': words(one) },
    camaudit.classview.picture(one.image, one.heat ? { map: one.heat, frame: one.image.frame } : null),
    el('span.liked-name', {}, one.own ? '' : one.target));

  const card = (one) => el('section.channel', { 'aria-label': `Channel ${one.channel}` },
    el('h4', {}, `Channel ${count(one.channel)}`, one.carried ? [' ', el(`span.badge.tone-${one.tone}`, {}, one.carried)] : null),
    el('p.hint', {}, `${between(one.share)} of what speaks for the class`,
      one.outside ? `; ${between(one.outside)} of that outside the object, by chance ${percent(one.chance)}` : '', '.'),
    el('ol.likes', {}, one.pictures.map(picture)));

  /** Of a class by its name; nothing without channels. */
  const section = (channels, name) => (channels ? el('section.card', { id: 'channels' },
    el('h3', {}, 'Channels'),
    el('p.hint', {}, `What the model’s last layer looks for where it sees “${name}”: the channels that give most to the class, `
      + 'in brackets 95 % intervals. Below each the pictures of the whole dataset in which it speaks loudest for what the model '
      + 'calls them, whatever that is, with the heat of the channel alone; another class’s name stands below. What these have in '
      + 'common is what the channel looks for.'),
    el('div.channels', {}, channels.map(card))) : null);

  return { section };
})();
