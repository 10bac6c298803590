'use strict';
/*
 * What every part of the page needs: the data files' entry points, element building that cannot
 * inject markup (text always becomes a text node), numbers as text, and the verdicts' words.
 */
const camaudit = (() => {
  const shards = new Map();
  const waiting = new Map();
  const page = { data: null };

  /** Called by data/site.js. */
  page.site = (data) => {
    page.data = data;
    page.byKey = new Map(data.classes.map((c) => [c.key, c]));
    // Classes are always drawn in viridis; a reader may choose the run's own scale for images.
    [page.scale] = Object.values(data.colormaps);
  };

  /** Called by data/class-KEY.js. */
  page.shard = (key, data) => shards.set(key, data);

  /**
   * The class's own data, loaded by a script element when first asked for: fetch() does not read
   * file: addresses.
   */
  page.load = (key) => {
    if (shards.has(key)) return Promise.resolve(shards.get(key));
    if (!page.byKey.has(key)) return Promise.reject(new Error(`no class “${key}” in this report`));
    if (!waiting.has(key)) {
      waiting.set(key, new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = `data/class-${encodeURIComponent(key)}.js`;
        script.onload = () => resolve(shards.get(key));
        script.onerror = () => {
          waiting.delete(key);
          script.remove();
          reject(new Error(`data/class-${key}.js is missing beside this page`));
        };
        document.head.append(script);
      }));
    }
    return waiting.get(key);
  };

  /** `el('a.big', {href: '#'}, 'text', child)`; null children are left out. */
  page.el = (spec, attributes = {}, ...children) => {
    const [tag, ...classes] = spec.split('.');
    const node = document.createElement(tag);
    if (classes.length) node.className = classes.join(' ');
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
      else if (name === 'style') Object.assign(node.style, value);
      else node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
    return node;
  };

  page.svg = (tag, attributes = {}, ...children) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter(Boolean));
    return node;
  };

  const THIN = '\u202f';
  page.percent = (x) => {
    if (x === null || x === undefined) return '–';
    const p = 100 * x;
    // 99.96 % is not 100 %, and 0.04 % is not 0 %: an extreme is only shown where it is exact.
    if (p > 0 && p < 0.05) return `<${THIN}0.1${THIN}%`;
    if (p >= 99.95 && p < 100) return `>${THIN}99.9${THIN}%`;
    const digits = p === 0 || p === 100 || (p >= 9.95 && p < 99.5) ? 0 : 1;
    return `${p.toFixed(digits)}${THIN}%`;
  };
  page.number = (x, digits = 2) => {
    if (x === null || x === undefined) return '–';
    const least = 10 ** -digits;
    return x > 0 && x < least / 2 ? `<${THIN}${least.toFixed(digits)}` : x.toFixed(digits);
  };
  page.count = (n) => n.toLocaleString('en');
  page.plural = (n, one, many = `${one}s`) => `${page.count(n)} ${n === 1 ? one : many}`;

  /** Each part of a relative path escaped on its own, so that `#`, `?` and `%` stay names. */
  page.path = (relative) => relative.split('/').map(encodeURIComponent).join('/');

  page.classHref = (key) => `#/class/${encodeURIComponent(key)}`;
  page.imageHref = (key, gallery, image) =>
    `#/class/${encodeURIComponent(key)}/${encodeURIComponent(gallery)}/${encodeURIComponent(image)}`;

  page.verdicts = {
    RIGHT_FOR_RIGHT_REASONS: { name: 'Right for the right reasons', short: 'Right, looked right', tone: 'rr' },
    RIGHT_FOR_WRONG_REASONS: { name: 'Right for the wrong reasons', short: 'Right, looked elsewhere', tone: 'rw' },
    WRONG_BUT_LOOKED_RIGHT: { name: 'Wrong, but looked right', short: 'Wrong, looked right', tone: 'wr' },
    WRONG_AND_LOOKED_ELSEWHERE: { name: 'Wrong, and looked elsewhere', short: 'Wrong, looked elsewhere', tone: 'we' },
    NO_REGION: { name: 'No region to compare with', short: 'No region', tone: 'none' },
    EMPTY_MAP: { name: 'The map is empty', short: 'Empty map', tone: 'none' },
  };

  /** Whether the image was classified correctly, in a word, and the verdict's colour. */
  page.badge = (image) => {
    const verdict = page.verdicts[image.verdict];
    if (verdict) return page.el(`span.badge.tone-${verdict.tone}`, {}, verdict.name);
    return page.el('span.badge.tone-none', {}, image.label ? image.status : 'Unlabelled');
  };

  /** Saves rows as a CSV file (RFC 4180); what a spreadsheet would take for a formula stays text. */
  page.saveCsv = (name, rows) => {
    const cell = (value) => {
      const text = `${value ?? ''}`;
      const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
    };
    const csv = rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
    const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv' }));
    page.el('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  return page;
})();
