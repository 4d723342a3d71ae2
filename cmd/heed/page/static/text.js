// Formatted text of both platforms, as nodes.

import { el } from './dom.js';

// tongue is the language of a text whose letters need more room than others: Lao.
export const tongue = (text) => (/[\u0e80-\u0eff]/.test(text) ? 'lo' : null);

const web = (url) => /^https?:\/\//i.test(url);

function anchor(url, ...children) {
  if (!web(url)) return el('span', {}, ...children);
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

// telegram shows a text with its entities, whose offsets count UTF-16 units, as JavaScript does.
export function telegram(text, entities, command) {
  const cuts = new Set([0, text.length]);
  for (const e of entities || []) {
    cuts.add(e.offset);
    cuts.add(e.offset + e.length);
  }
  const marks = [...cuts].filter((n) => n <= text.length).sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < marks.length; i++) {
    const part = text.slice(marks[i], marks[i + 1]);
    let node = document.createTextNode(part);
    for (const e of entities || []) {
      if (e.offset <= marks[i] && e.offset + e.length >= marks[i + 1]) node = dress(e, node, part, command);
    }
    out.push(node);
  }
  return out;
}

const tags = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote' };

function dress(e, node, part, command) {
  if (tags[e.type]) return el(tags[e.type], {}, node);
  if (e.type === 'text_link') return anchor(e.url, node);
  if (e.type === 'url') return anchor(web(part) ? part : 'https://' + part, node);
  if (e.type === 'bot_command' && command) return el('button', { type: 'button', class: 'link', onclick: () => command(part) }, node);
  return node;
}

const unescape = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

// mrkdwn shows Slack's markup: <…> tokens, *bold*, _italic_, ~strike~ and `code`.
export function mrkdwn(text, slack) {
  const out = [];
  for (const piece of text.split(/(<[^<>]+>)/)) {
    if (/^<[^<>]+>$/.test(piece)) out.push(token(piece.slice(1, -1), slack));
    else out.push(...styled(piece));
  }
  return out;
}

const style = /(^|[\s\u200b(])(?:\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|`([^`\n]+)`)(?=$|[\s\u200b.,;:!?)])/;

function styled(text) {
  const out = [];
  let rest = text;
  for (let m = style.exec(rest); m; m = style.exec(rest)) {
    out.push(clean(rest.slice(0, m.index) + m[1]));
    const tag = m[2] ? 'strong' : m[3] ? 'em' : m[4] ? 's' : 'code';
    out.push(el(tag, {}, clean(m[2] || m[3] || m[4] || m[5])));
    rest = rest.slice(m.index + m[0].length);
  }
  out.push(clean(rest));
  return out;
}

const clean = (s) => unescape(s).replace(/\u200b/g, '');

function token(body, slack) {
  const bar = body.indexOf('|');
  const what = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? '' : unescape(body.slice(bar + 1));
  if (what.startsWith('@')) return mention(what.slice(1), slack);
  if (what.startsWith('#')) return el('span', { class: 'mention' }, '#' + (label || channel(what.slice(1), slack)));
  if (what.startsWith('!')) return el('span', { class: 'mention mine' }, label || '@' + what.slice(1).replace(/^subteam\^/, ''));
  return link(unescape(what), label, slack);
}

// channel is the name of a channel that the person is in.
export function channel(id, slack) {
  const found = slack.channels.find((c) => c.id === id);
  return found ? found.name : 'private channel';
}

// mention names a member; it stands out for the one who is named.
export function mention(id, slack) {
  const person = slack.people.find((p) => p.id === id);
  const mine = id === slack.actor;
  return el('span', { class: 'mention' + (mine ? ' mine' : ''), 'data-test': 'slack-mention', 'data-user': id }, '@' + (person ? person.name : id));
}

// link opens a thread where it leads to one of this workspace's messages.
export function link(url, label, slack) {
  const m = /\/archives\/[A-Z0-9]+\/p(\d+)(\d{6})(?:\?.*thread_ts=(\d+\.\d+))?/.exec(url);
  if (m) {
    const ts = m[3] || m[1] + '.' + m[2];
    return el('button', { type: 'button', class: 'link', 'data-test': 'thread-link', onclick: () => slack.open(ts) }, label || 'thread');
  }
  return anchor(url, label || url);
}
