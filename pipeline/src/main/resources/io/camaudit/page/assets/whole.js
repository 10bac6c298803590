'use strict';
/* Text that is cut off for want of room shows whole under the pointer and on focus. */
(() => {
  const CUT = '.class-cell a, .tile-name, .tile-text, .viewer-head h2';
  const HOSTS = '.class-cell a, .tile, .viewer-head h2';
  const box = camaudit.el('div.whole', { role: 'tooltip', popover: 'manual' });
  let host = null;

  const hide = () => {
    host = null;
    if (box.matches(':popover-open')) box.hidePopover();
  };

  const isCut = (node) => node.scrollWidth > node.clientWidth || node.dataset.whole !== undefined;

  /** The lines that do not show whole, each once. */
  const lines = (node) => [...new Set((node.matches(CUT) ? [node] : [...node.querySelectorAll(CUT)])
    .filter(isCut).map((part) => part.dataset.whole || part.textContent))];

  /** Under what it is about, or above where there is no room; also while that moves. */
  const place = () => {
    if (!host) return;
    const of = host.getBoundingClientRect();
    const own = box.getBoundingClientRect();
    const below = of.bottom + 4;
    box.style.left = `${Math.max(8, Math.min(of.left, innerWidth - own.width - 8))}px`;
    box.style.top = `${below + own.height < innerHeight ? below : Math.max(8, of.top - own.height - 4)}px`;
  };

  const show = (event) => {
    const found = event.target instanceof Element ? event.target.closest(HOSTS) : null;
    if (found === host) return;
    hide();
    const texts = found ? lines(found) : [];
    if (texts.length === 0 || !box.showPopover) return;
    host = found;
    box.replaceChildren(...texts.map((text) => camaudit.el('span', {}, text)));
    box.showPopover();
    place();
  };

  document.body.append(box);
  document.addEventListener('pointerover', show);
  document.addEventListener('focusin', show);
  document.addEventListener('focusout', hide);
  addEventListener('scroll', place, true);
  addEventListener('hashchange', hide);
})();
