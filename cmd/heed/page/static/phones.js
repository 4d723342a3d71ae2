// The customers' phones: tabs over one phone that is in hand.

import { $, el, icon, sync, following, follow, toEnd, popup, initials, hue, grow, busy, toast } from './dom.js';
import { post, kept } from './api.js';
import { rows, bubble } from './chat.js';
import * as samples from './samples.js';

const known = { en: 'Emma Clarke', fr: 'Camille Martin', pl: 'Kasia Nowak', de: 'Lukas Weber', it: 'Giulia Rossi', vi: 'Nguyễn Lan', 'zh-Hans': '王芳', lo: 'ສົມສີ ແກ້ວ', 'zh-TW': '陳怡君', pt: 'Ana Silva', '': 'Sam' };

// What the messenger itself says, in the phone's language.
const app = {
  en: ['What can this bot do?', 'Start', 'Message'],
  fr: ['Que peut faire ce bot ?', 'Démarrer', 'Message'],
  pl: ['Co potrafi ten bot?', 'Rozpocznij', 'Wiadomość'],
  de: ['Was kann dieser Bot?', 'Starten', 'Nachricht'],
  it: ['Cosa può fare questo bot?', 'Avvia', 'Messaggio'],
  vi: ['Bot này có thể làm gì?', 'Bắt đầu', 'Tin nhắn'],
  'zh-Hans': ['这个机器人能做什么？', '开始', '消息'],
  lo: ['ບອດນີ້ເຮັດຫຍັງໄດ້ແດ່?', 'ເລີ່ມ', 'ຂໍ້ຄວາມ'],
  'zh-TW': ['這個機器人能做什麼？', '開始', '訊息'],
  pt: ['O que este bot pode fazer?', 'Iniciar', 'Mensagem'],
};

let state = null;
let held = kept.get('phone', null); // id of the phone in hand; null: the form for a new one
let seen = kept.get('heard', {}); // how many messages of each phone were seen
const sets = new Map();
let adding = false; // the form is wanted although there are phones
let coming = null; // a phone that was just added, until it is in the state

export function drawPhones(s) {
  state = s;
  if (coming !== null && s.phones.some((p) => p.id === coming)) {
    held = coming;
    adding = false;
    coming = null;
    kept.set('phone', held);
  }
  if (held !== null && !s.phones.some((p) => p.id === held)) held = null;
  if (held === null && s.phones.length > 0 && !adding) held = s.phones[0].id;
  for (const p of s.phones) {
    if (p.id === held) seen[p.id] = p.messages.length;
    if (!sets.has(p.id)) {
      sets.set(p.id, handset(p.id));
      $('.handsets').append(sets.get(p.id).node);
    }
    sets.get(p.id).draw(p);
  }
  kept.set('heard', seen);
  tabs();
  form();
}


function hold(id) {
  adding = id === null;
  held = id;
  kept.set('phone', id);
  drawPhones(state);
  const set = sets.get(id);
  if (set) set.shown();
}

function tabs() {
  const items = state.phones.map((p) => ({ id: p.id, name: p.name, tag: p.language, on: p.id === held, news: p.messages.length > (seen[p.id] || 0), blocked: p.blocked }));
  if (items.length > 0) items.push({ id: 'add', on: held === null });
  sync($('.tabs'), items, (t) => t.id, (t) => {
    if (t.id === 'add') return el('button', { type: 'button', class: 'tab add' + (t.on ? ' on' : ''), title: 'Add a phone', 'data-test': 'add-phone', onclick: () => hold(null) }, icon('plus'), items.length < 3 ? 'Add a phone' : '');
    return el('button', { type: 'button', class: 'tab' + (t.on ? ' on' : ''), title: t.name, 'data-test': 'phone-tab', 'data-phone': t.id, onclick: () => hold(t.id) },
      el('span', { class: 'face ' + hue(t.name) }, initials(t.name)), el('span', { class: 'name' }, t.name.split(' ')[0]), el('small', {}, (t.tag || '?').replace('-Hans', '').toUpperCase()), t.news && el('i', { class: 'dot' }));
  });
}

// form is where a phone is added.
function form() {
  let node = $('.newphone');
  for (const [id, set] of sets) set.node.hidden = id !== held;
  if (held !== null) {
    if (node) node.remove();
    return;
  }
  if (node) return;
  const name = el('input', { type: 'text', maxlength: 60, required: true, value: known[state.languages[0].tag] || 'Emma Clarke', 'data-test': 'add-name', autocomplete: 'off' });
  const words = el('a', { class: 'proof', target: '_blank', rel: 'noopener', 'data-test': 'words' });
  const read = (l) => {
    words.hidden = !l.known;
    words.href = '/words/' + l.tag;
    words.replaceChildren('Read all of heed’s words: ', el('span', { lang: l.tag || 'en' }, l.name));
  };
  read(state.languages[0]);
  let own = false;
  name.addEventListener('input', () => { own = true; });
  const choice = state.languages.map((l, i) => {
    const input = el('input', { type: 'radio', name: 'language', value: l.tag, checked: i === 0, 'data-test': 'add-language', 'data-lang': l.tag });
    input.addEventListener('change', () => {
      if (!own) name.value = known[l.tag] || 'Sam';
      read(l);
    });
    return el('label', { class: 'pick' }, input, el('span', { lang: l.tag || 'en' }, l.name, !l.known && el('small', { lang: 'en' }, 'heed asks')));
  });
  const add = el('button', { class: 'primary wide', 'data-test': 'add-confirm' }, 'Hand over the phone');
  node = el('form', { class: 'newphone', 'data-test': 'add-form' },
    el('h2', {}, el('span', { class: 'badge' }, icon('person')), 'A customer’s phone'),
    el('p', {}, 'Play someone with a complaint. They write to the company’s bot on Telegram, in their own language.'),
    el('label', {}, 'Name', name),
    el('fieldset', {}, el('legend', {}, 'Language of the phone'), choice),
    words,
    add);
  node.addEventListener('submit', (e) => {
    e.preventDefault();
    busy(add, async () => {
      const language = node.elements.language.value;
      const made = await post('/phone/add', { name: name.value, language });
      if (!made) return;
      coming = made.id;
      drawPhones(state);
    });
  });
  $('.handsets').append(node);
}

function handset(id) {
  const list = el('div', { class: 'chat', 'data-test': 'phone-chat' });
  follow(list);
  const head = el('div', { class: 'phone-head' });
  const intro = el('div', { class: 'intro' });
  const flash = el('div', { class: 'flash', 'data-test': 'phone-toast', hidden: true });
  const input = el('textarea', { rows: 1, placeholder: 'Message', 'aria-label': 'Message', dir: 'auto', 'data-test': 'phone-input' });
  const editing = el('div', { class: 'editing', hidden: true });
  const keys = el('div', { class: 'replykeys' });
  let phone = null;
  let changing = null;
  let toasts = null;

  const write = (text) => {
    toEnd(list);
    return post('/phone/text', { phone: id, text });
  };
  const edit = (m) => {
    changing = m;
    editing.hidden = !m;
    editing.replaceChildren(...(m ? [icon('pencil'), el('span', {}, 'Edit message'), el('button', { type: 'button', class: 'ghost round', 'aria-label': 'Stop editing', 'data-test': 'phone-edit-stop', onclick: () => edit(null) }, icon('close'))] : []));
    input.value = m ? m.text : '';
    grow(input);
    input.focus();
  };
  const send = async () => {
    const text = input.value;
    if (!text.trim()) return;
    const was = changing;
    input.value = '';
    edit(null);
    const ok = await (was ? post('/phone/edit', { phone: id, message: was.id, text }) : write(text));
    if (!ok && !input.value) input.value = text;
    grow(input);
  };
  input.addEventListener('input', () => grow(input));
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      send();
    }
    if (e.key === 'Escape' && changing) edit(null);
  });

  const own = () => app[phone.language] || app.en;
  const files = async (make) => {
    const parcel = await make();
    toEnd(list);
    if (parcel.length > 0) await post('/phone/files', { phone: id, caption: '', files: parcel });
  };
  const other = (kind) => {
    toEnd(list);
    return post('/phone/other', { phone: id, kind });
  };
  const choose = (kind, accept) => {
    const pick = el('input', { type: 'file', accept, multiple: true });
    pick.addEventListener('change', () => {
      if ([...pick.files].reduce((n, f) => n + f.size, 0) > 20e6) toast('These files are too large for the demo: 20 MB in all. To see how heed answers a file that is too large, choose that sample.');
      else files(() => samples.own(pick.files, kind));
    });
    pick.click();
  };
  const item = (test, name, act, pictogram) => el('button', { type: 'button', 'data-test': test, 'data-shut': true, onclick: act }, pictogram && icon(pictogram), name);
  const attach = (e) => popup(e.currentTarget, el('div', { class: 'above left' },
    item('attach-photo', 'A photo', () => files(samples.onePhoto), 'photo'),
    item('attach-album', 'An album of three', () => files(samples.album), 'photo'),
    item('attach-document', 'A document (PDF)', () => files(samples.ticket), 'file'),
    item('attach-voice', 'A voice message', () => files(samples.voice), 'sound'),
    item('attach-sticker', 'A sticker', () => other('sticker'), 'smile'),
    item('attach-location', 'A location', () => other('location'), 'pin'),
    item('attach-contact', 'A contact', () => other('contact'), 'person'),
    item('attach-big', 'A file that is too large (25 MB)', () => other('big'), 'file'),
    el('hr'),
    item('attach-own-photo', 'Photos of my own …', () => choose('photo', 'image/jpeg,image/png'), 'photo'),
    item('attach-own-file', 'Files of my own …', () => choose('document', ''), 'file')));
  const commands = (e) => popup(e.currentTarget, el('div', { class: 'above left commands', 'data-test': 'phone-menu' },
    phone.commands.length === 0 && el('p', {}, 'The bot has no commands yet.'),
    phone.commands.map((c) => el('button', { type: 'button', 'data-test': 'phone-command', 'data-command': c.name, 'data-shut': true, onclick: () => write('/' + c.name) }, el('span', { dir: 'auto' }, c.about), el('small', {}, '/' + c.name)))));
  const more = (e) => {
    const mine = phone.messages.filter((m) => !m.bot && m.text && !m.deleted).pop();
    popup(e.currentTarget, el('div', { class: 'below right' },
      mine && item('phone-edit', 'Edit the last message', () => edit(mine), 'pencil'),
      item('phone-block', phone.blocked ? 'Unblock the bot' : 'Block the bot', () => post('/phone/block', { phone: id, blocked: !phone.blocked }), 'close')));
  };

  const form = el('form', { class: 'write' },
    editing,
    keys,
    el('div', { class: 'line' },
      el('span', { class: 'anchor' }, el('button', { type: 'button', class: 'menu', 'aria-label': 'Commands', 'data-test': 'phone-commands', onclick: commands }, '/')),
      el('span', { class: 'anchor' }, el('button', { type: 'button', class: 'ghost round', 'aria-label': 'Attach', 'data-test': 'phone-attach', onclick: attach }, icon('clip'))),
      input,
      el('button', { class: 'send', 'aria-label': 'Send', 'data-test': 'phone-send' }, icon('send'))));
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    send();
  });
  const start = el('button', { type: 'button', class: 'start', 'data-test': 'phone-start', onclick: () => write('/start') }, 'Start');
  const node = el('div', { class: 'phone', 'data-test': 'phone', 'data-phone': id }, head, el('div', { class: 'screen' }, intro, list, flash), start, form);

  const draw = (p) => {
    phone = p;
    node.lang = p.language || 'en';
    start.textContent = own()[1];
    input.placeholder = own()[2];
    sync(head, [{ name: p.name, language: p.language, action: p.action, blocked: p.blocked, bot: state.bot, tongue: tongue(p.language) }], () => 'head', (h) => el('div', { class: 'bar' },
      el('span', { class: 'face bot' }, el('img', { src: '/static/icon.svg', alt: '' })),
      el('span', { class: 'who' }, el('b', {}, h.bot.name), el('small', { 'data-test': 'phone-action' }, h.blocked ? 'blocked' : h.action ? 'is typing …' : 'bot')),
      el('span', { class: 'owner', title: h.name }, el('b', { dir: 'auto' }, h.name), el('small', {}, h.tongue)),
      el('span', { class: 'anchor' }, el('button', { type: 'button', class: 'ghost round', 'aria-label': 'More', 'data-test': 'phone-more', onclick: more }, icon('menu')))));
    const empty = p.messages.length === 0;
    sync(intro, empty ? [{ about: p.about }] : [], () => 'intro', (i) => el('div', { class: 'about', dir: 'auto' }, el('b', {}, own()[0]), el('span', {}, i.about || '…')));
    following(list, () => sync(list, rows(p), (r) => r.key, (r) => bubble(r, write, edit)));
    node.classList.toggle('fresh', empty);
    node.dataset.blocked = String(p.blocked);
    sync(keys, (p.keyboard || []).flat().map((k) => ({ k })), (k) => k.k, (k) => el('button', { type: 'button', class: 'key', onclick: () => write(k.k) }, k.k));
    if (toasts !== null && p.toasts > toasts && p.toast) {
      flash.textContent = p.toast;
      flash.hidden = false;
      setTimeout(() => { flash.hidden = true; }, 4000);
    }
    toasts = p.toasts;
  };
  return { node, draw, shown: () => { toEnd(list); if (phone && phone.messages.length > 0) input.focus(); } };
}

function tongue(tag) {
  const l = state.languages.find((x) => x.tag === tag);
  return l ? l.name : tag;
}
