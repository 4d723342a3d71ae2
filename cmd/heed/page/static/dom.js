// Small tools for building the page. Text always becomes text nodes, never markup.

export const $ = (selector, from = document) => from.querySelector(selector);

// el makes an element. Props: "class", "on…" listeners, data-… and other attributes; null and false are left out.
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== ''));
  return node;
}

const paths = {
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-4 16-4-7z',
  clip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.3-2.3L14.5 7',
  menu: 'M12 5.5v.1M12 12v.1M12 18.5v.1',
  pencil: 'm4 20 1-4L16 5l3 3L8 19z',
  close: 'm6 6 12 12M18 6 6 18',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  sound: 'M5 10v4M9 7v10M13 4v16M17 8v8M21 10.5v3',
  pin: 'M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 7.5a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
  join: 'M10 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM2.5 20a7.5 7.5 0 0 1 15 0M19.5 8v6M16.5 11h6',
  people: 'M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 13.9a6.5 6.5 0 0 1 3.5 5.6',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20a7.5 7.5 0 0 1 15 0',
  smile: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.1M15 9.5v.1',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5M15.5 9v.1',
  bolt: 'M13.5 3 5.5 13.5h5.5L10.5 21l8-10.5H13z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  globe: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  bell: 'M6 16v-5a6 6 0 1 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0',
};

export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  for (const [k, v] of Object.entries({ viewBox: '0 0 24 24', class: 'icon icon-' + name, 'aria-hidden': 'true' })) svg.setAttribute(k, v);
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

// sync makes the children of a box those of the items, in their order. What has not changed keeps its node.
export function sync(box, items, key, draw) {
  const have = new Map([...box.children].map((n) => [n.dataset.key, n]));
  let before = null;
  for (const item of items) {
    const id = String(key(item));
    const sign = JSON.stringify(item);
    let node = have.get(id);
    have.delete(id);
    if (!node || node.sign !== sign) {
      const fresh = draw(item);
      fresh.dataset.key = id;
      fresh.sign = sign;
      if (node) node.replaceWith(fresh);
      else (before ? before.after.bind(before) : box.prepend.bind(box))(fresh);
      node = fresh;
    } else if (node !== (before ? before.nextElementSibling : box.firstElementChild)) {
      (before ? before.after.bind(before) : box.prepend.bind(box))(node);
    }
    before = node;
  }
  for (const node of have.values()) node.remove();
}

// follow keeps the end of a list in sight: when something is added, a picture arrives or the room changes. Not while
// the person has scrolled up.
export function follow(box) {
  box.atEnd = true;
  const keep = () => { if (box.atEnd) toEnd(box); };
  let last = 0;
  box.addEventListener('scroll', () => {
    // Only going up is leaving the end: a list that grew has not been scrolled.
    if (box.scrollHeight - box.scrollTop - box.clientHeight < 60) box.atEnd = true;
    else if (box.scrollTop < last - 1) box.atEnd = false;
    last = box.scrollTop;
  });
  box.addEventListener('load', keep, true);
  new ResizeObserver(keep).observe(box);
}

export function toEnd(box) {
  box.atEnd = true;
  box.scrollTop = box.scrollHeight;
}

// following runs a change of a list.
export function following(box, change) {
  const { atEnd } = box;
  change();
  if (atEnd) toEnd(box);
}

export function toast(text) {
  const node = el('div', { class: 'toast', 'data-test': 'toast' }, text);
  $('.toasts').append(node);
  setTimeout(() => node.remove(), 7000);
}

// busy keeps a button from being pressed again until what it started has ended.
export async function busy(button, work) {
  if (button.disabled) return undefined;
  button.disabled = true;
  button.classList.add('busy');
  try {
    return await work();
  } finally {
    button.disabled = false;
    button.classList.remove('busy');
  }
}

// popup opens a menu beside a button; a click elsewhere or Escape closes it.
export function popup(near, menu) {
  const open = near.parentElement.querySelector('.popup');
  document.querySelectorAll('.popup').forEach((p) => p.remove());
  if (open) return;
  menu.classList.add('popup');
  near.after(menu);
  const shut = (e) => {
    if (e.type === 'keydown' ? e.key !== 'Escape' : menu.contains(e.target) && !e.target.closest('[data-shut]')) return;
    if (e.type === 'click' && near.contains(e.target)) return;
    menu.remove();
    document.removeEventListener('click', shut);
    document.removeEventListener('keydown', shut);
  };
  document.addEventListener('click', shut);
  document.addEventListener('keydown', shut);
}

export function size(bytes) {
  if (bytes < 1000) return bytes + ' B';
  if (bytes < 1e6) return Math.round(bytes / 1000) + ' kB';
  return (bytes / 1e6).toFixed(1) + ' MB';
}

// initials are what stands in a person's round picture.
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((w) => [...w][0]).join('').toUpperCase();
}

// hue is a colour class that stays with a name.
export function hue(name) {
  let n = 0;
  for (const c of name) n = (n * 33 + c.codePointAt(0)) % 997;
  return 'hue' + (n % 6);
}

// grow lets a text area be as high as its text, up to a limit.
export function grow(area) {
  if (!area.offsetParent) return;
  area.style.height = 'auto';
  area.style.height = Math.min(area.scrollHeight, 140) + 'px';
}
