// One phone's chat: its messages, as Telegram shows them.

import { el, icon, size, busy } from './dom.js';
import { post } from './api.js';
import { telegram } from './text.js';

// rows are the messages with the days between them; pictures sent together stand together.
export function rows(phone) {
  const out = [];
  let day = '';
  for (const m of phone.messages) {
    if (m.deleted) continue;
    if (m.day !== day) out.push({ key: 'day ' + m.day, day: m.day });
    day = m.day;
    const last = out[out.length - 1];
    const album = m.kind === 'photo' && last.album && last.bot === m.bot && m.at - last.at < 1000 && !m.text;
    if (album) last.album.push(m);
    else out.push({ key: m.id, bot: m.bot, at: m.at, phone: phone.id, album: [m] });
  }
  return out;
}

// bubble draws a row. Editable tells for which message editing can be begun.
export function bubble(row, write, edit) {
  if (row.day) return el('div', { class: 'day' }, el('span', {}, row.day));
  const m = row.album[0];
  const files = row.album.flatMap((a) => a.files || []);
  const pictures = files.filter((f) => f.mime === 'image/jpeg' && m.kind === 'photo');
  const others = files.filter((f) => !pictures.includes(f));
  const body = el('div', { class: 'bubble ' + m.kind, dir: 'auto' },
    m.reply && el('div', { class: 'quote' }, m.reply),
    pictures.length > 0 && el('div', { class: 'pictures n' + Math.min(pictures.length, 3) }, pictures.map(picture)),
    others.map((f) => attachment(f, m)),
    odd(m),
    m.text && el('div', { class: 'words', dir: 'auto' }, telegram(m.text, m.entities, write)),
    el('div', { class: 'meta' }, m.edited && 'edited ', m.time));
  return el('div', { class: 'row ' + (m.bot ? 'in' : 'out'), 'data-test': 'phone-message', 'data-id': m.id, 'data-from': m.bot ? 'bot' : 'customer' },
    el('div', { class: 'stack' },
      body,
      m.reaction && el('span', { class: 'reaction' }, m.reaction),
      m.buttons && keyboard(m, row.phone)),
    !m.bot && m.text && el('button', { type: 'button', class: 'pencil', title: 'Edit', 'aria-label': 'Edit this message', 'data-test': 'message-edit', onclick: () => edit(m) }, icon('pencil')));
}

function picture(f) {
  return el('a', { href: f.url, target: '_blank', rel: 'noopener' }, el('img', { src: f.url, alt: 'Photo' }));
}

function attachment(f, m) {
  if (m.kind === 'sticker') return null;
  const sound = m.kind === 'voice' || m.kind === 'audio';
  return el('div', { class: 'attachment' },
    el('span', { class: 'blob' }, icon(sound ? 'sound' : 'file')),
    el('span', { class: 'about' }, el('b', {}, f.name || (sound ? 'Voice message' : 'File')), el('small', {}, size(f.size))));
}

function odd(m) {
  const names = { sticker: ['smile', 'Sticker'], location: ['pin', 'A point on the map'], contact: ['person', 'A contact'] };
  const known = names[m.kind];
  return known && el('div', { class: 'attachment' }, el('span', { class: 'blob' }, icon(known[0])), el('span', { class: 'about' }, el('b', {}, known[1])));
}

function keyboard(m, phone) {
  return el('div', { class: 'keyboard' }, m.buttons.map((line) => el('div', { class: 'keys' }, line.map((b) => {
    if (b.url) return el('a', { class: 'key', href: /^https?:/.test(b.url) ? b.url : null, target: '_blank', rel: 'noopener noreferrer', 'data-test': 'phone-link' }, b.text);
    return el('button', { type: 'button', class: 'key', 'data-test': 'phone-button', 'data-text': b.text, dir: 'auto',
      onclick: (e) => busy(e.currentTarget, () => post('/phone/press', { phone, message: m.id, data: b.data })) }, b.text);
  }))));
}
