import { el } from '../ui/dom';

export function brand(): HTMLElement {
  return el(
    'span',
    { class: 'brand' },
    el('img', { attrs: { src: './favicon.svg', alt: '', width: 28, height: 28 } }),
    el('span', {}, 'Cockpit Coder'),
  );
}
