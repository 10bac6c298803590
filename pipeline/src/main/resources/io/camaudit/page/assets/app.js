'use strict';
/*
 * Addresses: #/ (overview), #/classes, #/class/KEY, #/class/KEY/GALLERY/IMAGE. Each part is
 * escaped, so a name may hold any character.
 */
(() => {
  const views = ['overview', 'classes', 'class'];
  let before = null;

  const show = (name) => {
    for (const view of views) document.getElementById(`view-${view}`).hidden = view !== name;
    for (const link of document.querySelectorAll('nav a')) {
      const current = link.dataset.view === (name === 'class' ? 'classes' : name);
      if (current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };

  const parts = () => {
    try {
      return location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    } catch {
      return [''];
    }
  };

  const route = async () => {
    const [kind, key, gallery, image] = parts();
    const place = kind === 'class' ? `class/${key}` : kind;
    const moved = place !== before;
    before = place;
    if (kind === 'class' && key) {
      show('class');
      if (moved) scrollTo(0, 0);
      const data = await camaudit.classview.show(key);
      if (before !== place) return;
      document.title = `${data ? data.name : 'Not found'} · camaudit`;
      if (data && image !== undefined && camaudit.viewer.open(data, gallery, image)) return;
      camaudit.viewer.close();
      if (moved) document.querySelector('#view-class h1').focus({ preventScroll: true });
      return;
    }
    camaudit.viewer.close();
    if (kind === 'classes') {
      show('classes');
      camaudit.classes.show();
      document.title = 'Classes · camaudit';
    } else {
      show('overview');
      document.title = document.body.dataset.title;
    }
    if (moved) scrollTo(0, 0);
  };

  /** The overview's text is in the document already; only its maps are drawn here. */
  const drawMaps = () => {
    for (const canvas of document.querySelectorAll('canvas[data-class]')) {
      const known = camaudit.byKey.get(canvas.dataset.class);
      if (known && known.map) {
        camaudit.heat.draw(canvas, known.map, camaudit.scale);
        canvas.setAttribute('aria-label', `Mean map of ${known.name}, ${camaudit.heat.words(known.map)}`);
      }
    }
  };

  /** What each suspect looked at in its most suspicious images. */
  const drawTelling = () => {
    for (const host of document.querySelectorAll('[data-telling]')) {
      const { telling } = host.dataset;
      const images = camaudit.data.telling[telling] || [];
      host.append(...images.map((one) => camaudit.classview.tile({ key: telling, images: [] }, { id: one.gallery }, one.image)));
      host.hidden = images.length === 0;
    }
  };

  const drawCurves = () => {
    const host = document.getElementById('depth-charts');
    if (host) host.append(...camaudit.data.curves.map(camaudit.charts.curve));
  };

  document.body.classList.add('scripted');
  drawMaps();
  drawTelling();
  drawCurves();
  addEventListener('hashchange', route);
  route();
})();
