// The Slack desk: who is acting, their channels and direct conversations, the one that is open, and the thread beside it.

import { $, el, icon, sync, following, follow, toEnd, toast, popup, initials, hue, size, busy, grow } from './dom.js';
import { post, kept } from './api.js';
import { blocks } from './blocks.js';
import { mrkdwn, tongue } from './text.js';
import { drawModals } from './modal.js';
import { step } from './clock.js';

let state = null;
let slack = null; // the state's Slack: what the person who is acting sees
let actor = ''; // the one of whom the state is
let chosen = kept.get('actor', ''); // the one last chosen, whose state may still be on its way
let again = null; // asks for the state
let thread = kept.get('thread', null);
const at = kept.get('rooms', {}); // the channel last chosen, by who
let room = null; // the channel that is shown: that one, while the person has it
const seen = kept.get('seen', {}); // the last post seen, by "who channel"
const read = new Set(kept.get('read', [])); // "who ts" of the mentions that were seen
let parts = null;

const usage = { '/sla': 'what is open, due and overdue', '/complaint': 'REF, mine or log' };

// playing is the person whose state is wanted; empty for anyone.
export const playing = () => chosen;

// onPlay says how to ask for the state of someone else.
export function onPlay(ask) {
  again = ask;
}

export function drawDesk(s) {
  state = s;
  actor = s.slack.actor;
  slack = { ...s.slack, open };
  const staff = s.slack.people.filter((p) => p.staff);
  const mine = s.slack.channels;
  room = mine.find((c) => c.id === at[actor]) || mine.find((c) => c.desk) || mine[0] || { id: '', name: '', members: [] };
  if (at[actor] && at[actor] !== room.id) settle(room.id); // it is gone: should it come back, one stays where one is
  if (thread && !s.slack.posts.some((p) => p.ts === thread && p.channel === room.id)) thread = null;
  if (!parts) parts = build();
  channel();
  side(staff, mine);
  drawThread();
  drawModals(slack);
  if (s.slack.posts.some((p) => p.replies > 0)) step('complain');
}

function act(id) {
  chosen = id;
  kept.set('actor', id);
  again();
}

function settle(id) {
  at[actor] = id;
  kept.set('rooms', at);
}

// enter shows a channel.
function enter(id) {
  settle(id);
  drawDesk(state);
}

// open shows a thread in its channel, and what was unread in it is read then.
function open(ts) {
  const first = slack.posts.find((p) => p.ts === ts);
  if (!first) {
    toast('You cannot see this message: it is where you are not a member, or it is gone.');
    return;
  }
  if (first.channel !== room.id) enter(first.channel);
  thread = ts;
  kept.set('thread', ts);
  drawDesk(state);
  const list = parts.thread.list;
  toEnd(list);
  const fresh = list.querySelector('.unread:not([data-ts="' + ts + '"])');
  if (fresh) fresh.scrollIntoView({ block: 'center' });
}

const unread = (who) => (state.slack.mentions[who] || []).filter((m) => !read.has(who + ' ' + m.ts));

function reading(list) {
  if (list.length === 0) return;
  const who = actor;
  setTimeout(() => {
    for (const m of list) read.add(who + ' ' + m.ts);
    kept.set('read', [...read]);
    drawDesk(state);
  }, 6000);
}

function build() {
  const channelList = el('div', { class: 'posts', 'data-test': 'channel' });
  const threadList = el('div', { class: 'posts', 'data-test': 'thread-posts' });
  follow(channelList);
  follow(threadList);
  $('.channel').append(
    el('header', { 'data-test': 'channel-head' }),
    channelList,
    composer('composer', () => '', 'Message, or / for commands'));
  $('.thread').append(
    el('header', {}, el('h2', {}, 'Thread'), el('small', { 'data-test': 'thread-channel' }), el('button', { type: 'button', class: 'ghost round', 'aria-label': 'Close the thread', 'data-test': 'thread-close', onclick: () => { thread = null; kept.set('thread', null); drawDesk(state); } }, icon('close'))),
    threadList,
    composer('thread', () => thread, 'Write to your colleagues'),
    el('p', { class: 'inside' }, icon('eye'), 'Only staff see this. The customer does not.'));
  return { channel: { list: channelList }, thread: { list: threadList } };
}

function composer(name, where, placeholder) {
  const input = el('textarea', { rows: 1, placeholder, 'aria-label': placeholder, dir: 'auto', 'data-test': name + '-input' });
  const button = el('button', { class: 'send', 'aria-label': 'Send', 'data-test': name + '-send' }, icon('send'));
  const hints = el('div', { class: 'hints', hidden: true });
  const form = el('form', { class: 'composer' }, hints, input, button);
  const suggest = () => {
    grow(input);
    const found = name === 'composer' && /^\/\S*$/.test(input.value) ? slack.commands.filter((c) => c.startsWith(input.value) && c !== input.value) : [];
    hints.hidden = found.length === 0;
    hints.replaceChildren(...found.map((c) => el('button', { type: 'button', 'data-test': 'slash-hint', onclick: () => { input.value = c + ' '; suggest(); input.focus(); } }, el('b', {}, c), el('small', {}, usage[c] || ''))));
  };
  input.addEventListener('input', suggest);
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    const text = input.value;
    if (!text.trim()) return;
    busy(button, async () => {
      input.value = '';
      suggest();
      const list = name === 'composer' ? parts.channel.list : parts.thread.list;
      toEnd(list);
      if (!await post('/slack/write', { actor, channel: room.id, thread: where() || '', text }) && !input.value) input.value = text;
    });
  });
  return form;
}

function face(p) {
  if (!p) return el('span', { class: 'face' }, '?');
  if (p.bot) return el('span', { class: 'face bot' }, el('img', { src: '/static/icon.svg', alt: '' }));
  return el('span', { class: 'face ' + hue(p.name) }, initials(p.name));
}

function sign(c) {
  if (c.direct) return icon(c.members.length > 1 ? 'people' : 'person');
  return c.private ? icon('lock') : el('span', { class: 'hash' }, '#');
}

function side(staff, rooms) {
  const mine = unread(actor);
  const entry = (c) => ({ key: c.id, channel: c, who: actor, on: c.id === room.id, fresh: unseen(c), count: mine.filter((m) => m.channel === c.id).length });
  const items = [
    { key: 'team', name: state.slack.team || 'Desk' },
    ...rooms.filter((c) => !c.direct).map(entry),
    { key: 'mentions', count: mine.length, to: mine.length ? mine[0].thread || mine[0].ts : '' },
    ...slack.shortcuts.map((k) => ({ key: 'shortcut ' + k.id, shortcut: k, who: actor })),
    rooms.some((c) => c.direct) && { key: 'direct', label: 'Direct messages' },
    ...rooms.filter((c) => c.direct).map(entry),
    { key: 'who', label: 'You are' },
    ...staff.flatMap((p) => {
      const it = { key: p.id, person: p, on: p.id === actor, count: unread(p.id).length };
      return it.on ? [it, { key: 'account ' + p.id, account: p.id, name: p.name }] : [it];
    }),
  ].filter(Boolean);
  sync($('.side'), items, (i) => i.key, (i) => {
    if (i.channel) {
      // One channel is where one is anyway; its mentions are counted below.
      return el('button', { type: 'button', class: 'entry' + (i.on ? ' on' : '') + (i.fresh ? ' fresh' : ''), 'aria-pressed': String(i.on), title: i.channel.name, 'data-test': 'channel-entry', 'data-channel': i.channel.id, 'data-direct': String(i.channel.direct), onclick: () => enter(i.channel.id) },
        sign(i.channel), el('span', { class: 'name' }, i.channel.name), !i.on && i.count > 0 && el('span', { class: 'count' }, String(i.count)));
    }
    if (i.shortcut) {
      return el('button', { type: 'button', class: 'entry', title: 'A shortcut of the app', 'data-test': 'shortcut', 'data-id': i.shortcut.id, onclick: (e) => busy(e.currentTarget, () => post('/slack/shortcut', { actor, shortcut: i.shortcut.id })) },
        icon('bolt'), el('span', { class: 'name' }, i.shortcut.name));
    }
    if (i.account) return account(i.account, i.name);
    if (i.label) return el('div', { class: 'label' }, i.label);
    switch (i.key) {
      case 'team': return el('div', { class: 'team' }, el('b', {}, i.name), el('small', {}, 'Slack workspace'));
      case 'mentions': return el('button', { type: 'button', class: 'entry', disabled: !i.to, 'data-test': 'mentions', 'data-count': i.count, onclick: () => open(i.to) }, icon('bell'), el('span', { class: 'name' }, 'Mentions'), i.count > 0 && el('span', { class: 'count' }, String(i.count)));
      default: return el('button', { type: 'button', class: 'entry person' + (i.on ? ' chosen' : ''), 'aria-pressed': String(i.on), 'data-test': 'actor', 'data-user': i.key, onclick: () => act(i.key) },
        face(i.person), el('span', { class: 'name' }, i.person.name), !i.on && !/^en\b/.test(i.person.locale) && el('small', { class: 'speaks' }, i.person.locale.slice(0, 2).toUpperCase()),
        i.count > 0 && el('span', { class: 'count', 'data-test': 'actor-unread' }, String(i.count)));
    }
  });
  const choice = $('.account select');
  const { locale } = staff.find((p) => p.id === actor);
  // Left alone where nothing changed: the person may be choosing just now.
  if (choice && choice.dataset.locale !== locale) choice.dataset.locale = choice.value = locale;
}

// account lets a person change the language of their Slack account.
function account(id, name) {
  const what = 'Language of ' + name + '’s Slack account';
  const choice = el('select', { title: what, 'aria-label': what, 'data-test': 'locale' }, slack.locales.map((l) => el('option', { value: l.tag }, l.name)));
  choice.addEventListener('change', async () => {
    if (!await post('/slack/locale', { actor: id, locale: choice.value })) choice.value = choice.dataset.locale;
  });
  return el('label', { class: 'account' }, icon('globe'), choice);
}

// unseen tells whether others have posted in a channel since the person was last there.
function unseen(c) {
  const since = seen[actor + ' ' + c.id] || '';
  return slack.posts.some((p) => p.channel === c.id && p.ts > since && p.user !== actor && !p.deleted);
}

// mixed puts what only this person sees among what all see.
function mixed(list, inThread) {
  const own = slack.private.filter((p) => p.channel === room.id && (p.thread || '') === inThread);
  return [...list, ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function withDays(list) {
  const out = [];
  let day = '';
  for (const p of list) {
    if (p.deleted && !p.replies) continue;
    if (p.day !== day) out.push({ key: 'day ' + p.day, day: p.day });
    day = p.day;
    out.push(p);
  }
  return out;
}

function channel() {
  const waiting = new Set(unread(actor).map((m) => m.thread || m.ts));
  reading(unread(actor).filter((m) => !m.thread && m.channel === room.id));
  const here = slack.posts.filter((p) => p.channel === room.id);
  if (here.length > 0) {
    seen[actor + ' ' + room.id] = here[here.length - 1].ts;
    kept.set('seen', seen);
  }
  heads();
  const items = withDays(mixed(here, '')).map((p) => (p.key ? p : { key: p.ts, post: p, who: actor, called: waiting.has(p.ts), open: thread === p.ts }));
  if (items.length === 0) items.push({ key: 'empty', empty: room.desk ? 'desk' : room.direct ? 'direct' : room.id ? 'room' : 'none' });
  following(parts.channel.list, () => sync(parts.channel.list, items, (i) => i.key, (i) => {
    if (i.day) return el('div', { class: 'day' }, el('span', {}, i.day));
    if (i.empty) return el('div', { class: 'empty' }, el('img', { src: '/static/icon.svg', alt: '', width: 44, height: 44 }), empty[i.empty].map((text, n) => el(n ? 'p' : 'h3', {}, text)));
    return message(i.post, i);
  }));
  if (parts.channel.shows !== room.id) toEnd(parts.channel.list);
  parts.channel.shows = room.id;
}

const empty = {
  desk: ['Nothing to answer yet', 'A complaint arrives here as one card with one thread. Start on the phone.'],
  room: ['Nothing here yet', 'What heed hands over to the people of this channel arrives here.'],
  direct: ['Nothing here yet', 'What heed has for you alone arrives here.'],
  none: ['No channel', 'This person is in none of the channels that heed uses.'],
};

// first is what people go by among themselves: their first names, where those tell them apart.
function first(names) {
  const short = names.map((n) => n.split(' ')[0]);
  return new Set(short).size === names.length ? short : names;
}

// heads writes over the channel and the thread where one is.
function heads() {
  const all = room.members.map((id) => slack.people.find((p) => p.id === id).name);
  const names = all.join(', ');
  sync($('[data-test=channel-head]'), [{ ...room, who: actor }], (c) => c.id, (c) => el('div', { class: 'head' },
    c.id && el('h2', {}, sign(c), c.name),
    el('small', { title: names, 'data-test': 'members' }, c.direct ? 'Direct message with heed' : first(all).join(', ')),
    c.id && !c.direct && el('span', { class: 'anchor' }, el('button', { type: 'button', class: 'ghost round', title: 'Add someone to this channel', 'aria-label': 'Add someone to this channel', 'data-test': 'join-open', onclick: (e) => popup(e.currentTarget, joining(c)) }, icon('join')))));
  sync($('[data-test=thread-channel]'), [room], (c) => c.id, (c) => el('span', {}, (c.direct ? '' : '#') + c.name));
}

// joining is a menu of those who are not in a channel.
function joining(c) {
  const others = slack.people.filter((p) => p.staff && !c.members.includes(p.id));
  return el('div', { class: 'below right joining', 'data-test': 'join-menu' },
    el('p', {}, others.length > 0 ? 'Add someone to this channel' : 'Everyone is in this channel'),
    others.map((p) => el('button', { type: 'button', 'data-shut': true, 'data-test': 'join', 'data-user': p.id, onclick: () => post('/slack/join', { actor, channel: c.id, user: p.id }) },
      face(p), el('span', {}, p.name))));
}

function drawThread() {
  const box = $('.thread');
  box.hidden = !thread;
  $('.desk').classList.toggle('with-thread', Boolean(thread));
  if (!thread) {
    parts.thread.list.replaceChildren();
    delete box.dataset.thread;
    return;
  }
  const mine = unread(actor).filter((m) => (m.thread || m.ts) === thread);
  const marked = new Set(mine.map((m) => m.ts));
  const list = slack.threads[thread] || slack.posts.filter((p) => p.ts === thread);
  const items = withDays(mixed(list, thread)).map((p) => (p.key ? p : { key: p.ts, post: p, who: actor, unread: marked.has(p.ts), inside: true }));
  following(parts.thread.list, () => sync(parts.thread.list, items, (i) => i.key, (i) => {
    if (i.day) return el('div', { class: 'day' }, el('span', {}, i.day));
    return message(i.post, i);
  }));
  if (box.dataset.thread !== thread) {
    box.dataset.thread = thread;
    toEnd(parts.thread.list);
  }
  reading(mine);
}

function message(p, item) {
  const who = slack.people.find((x) => x.id === p.user);
  const press = (e, button) => busy(button, async () => {
    if (await post('/slack/press', { actor, channel: p.channel, ts: p.ts, action: e.action_id, value: e.value || '' })) {
      step(slack.channels.some((c) => c.desk) ? 'answer' : 'wall');
      if (!p.private && !item.inside && p.replies > 0) open(p.ts);
    }
  });
  const content = p.blocks && p.blocks.length ? blocks(p.blocks, slack, press, item.inside) : p.text && el('div', { class: 'b-section', dir: 'auto' }, mrkdwn(p.text, slack));
  const card = p.blocks && p.blocks.some((b) => b.type === 'header') && !p.private;
  const replies = !item.inside && !p.private && p.replies > 0;
  return el('article', { class: 'post' + (card ? ' card' : '') + (p.private ? ' private' : '') + (item.unread ? ' unread' : '') + (mentions(p) ? ' called' : ''), 'data-test': p.private ? 'slack-private' : 'slack-post', 'data-ts': p.ts },
    face(who),
    el('div', { class: 'post-main' },
      p.private && el('div', { class: 'only' }, icon('eye'), 'Only visible to you'),
      el('div', { class: 'by' }, el('b', {}, who ? who.name : p.user), who && who.bot && el('span', { class: 'app' }, 'APP'), el('time', {}, p.time), item.unread && el('span', { class: 'new' }, 'new')),
      el('div', { class: 'content', lang: tongue(p.text + JSON.stringify(p.blocks)) }, p.deleted ? 'This message was deleted.' : content),
      p.edited && !card && el('small', { class: 'edited' }, '(edited)'),
      (p.files || []).map(attached),
      replies && el('button', { type: 'button', class: 'replies' + (item.open ? ' on' : ''), 'data-test': 'thread-open', onclick: () => open(p.ts) },
        el('b', {}, p.replies === 1 ? '1 reply' : p.replies + ' replies'), item.called ? el('span', { class: 'count' }, 'mentions you') : el('span', {}, item.open ? 'open' : 'View thread'))));
}

const mentions = (p) => (state.slack.mentions[actor] || []).some((m) => m.ts === p.ts);

function attached(f) {
  if (/^image\/(jpeg|png|gif|webp)$/.test(f.mime)) {
    return el('a', { class: 'preview', href: f.url, target: '_blank', rel: 'noopener', title: f.name, 'data-test': 'slack-image' }, el('small', {}, f.name), el('img', { src: f.url, alt: f.name }));
  }
  return el('a', { class: 'chip', href: f.url, download: f.name, 'data-test': 'slack-file' }, el('span', { class: 'blob' }, icon(/^audio|ogg/.test(f.mime) ? 'sound' : 'file')), el('span', { class: 'about' }, el('b', {}, f.name), el('small', {}, size(f.size))));
}
