// Block Kit as heed uses it: header, section, context, divider, actions, and the rich text people type.

import { el, icon, toast } from './dom.js';
import { mrkdwn, mention, link, channel } from './text.js';

// text shows a text object.
export function text(object, slack) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text, slack) : [object.text];
}

// blocks shows a list of blocks; press is what a button does. Copied tells that plain text can be taken along: a long
// one, which heed posts in several sections, as one.
export function blocks(list, slack, press, copied) {
  const out = [];
  for (let i = 0; i < list.length; i++) {
    let end = i;
    while (copied && end < list.length && plain(list[end])) end++;
    if (end === i) {
      out.push(block(list[i], slack, press));
      continue;
    }
    const run = list.slice(i, end);
    out.push(el('div', { class: 'plain' }, el('div', {}, run.map((b) => block(b, slack, press))), copy(run.map((b) => b.text.text).join('\n'))));
    i = end - 1;
  }
  return out.filter(Boolean);
}

const plain = (b) => b.type === 'section' && !b.fields && b.text && b.text.type === 'plain_text';

// copy is a button that puts a text on the clipboard.
function copy(words) {
  const button = el('button', { type: 'button', class: 'copy', title: 'Copy this text', 'aria-label': 'Copy this text', 'data-test': 'slack-copy' }, icon('copy'));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      toast('The browser does not let the demo copy this.');
      return;
    }
    button.classList.add('done');
    button.replaceChildren(icon('check'), 'Copied');
    setTimeout(() => {
      button.classList.remove('done');
      button.replaceChildren(icon('copy'));
    }, 1800);
  });
  return button;
}

function block(b, slack, press) {
  switch (b.type) {
    case 'header':
      return el('h3', { class: 'b-header', dir: 'auto' }, text(b.text, slack));
    case 'section':
      return el('div', { class: 'b-section' },
        b.text && el('div', { dir: 'auto' }, text(b.text, slack)),
        b.fields && el('div', { class: 'b-fields' }, b.fields.map((f) => field(f, slack))));
    case 'context':
      return el('div', { class: 'b-context' }, (b.elements || []).map((e) => el('span', { dir: 'auto' }, text(e, slack))));
    case 'divider':
      return el('hr');
    case 'actions':
      return el('div', { class: 'b-actions' }, (b.elements || []).map((e) => button(e, press)));
    case 'rich_text':
      return el('div', { class: 'b-section', dir: 'auto' }, (b.elements || []).map((s) => rich(s, slack)));
    case 'input':
      return null; // drawn by the dialog
    default:
      return el('div', { class: 'b-context' }, 'A block of the kind “' + b.type + '”.');
  }
}

// field shows a label over its value, as heed writes them.
function field(f, slack) {
  const cut = f.type === 'plain_text' ? f.text.indexOf('\n') : -1;
  if (cut < 0) return el('div', { dir: 'auto' }, text(f, slack));
  return el('div', { dir: 'auto' }, el('small', {}, f.text.slice(0, cut)), el('span', {}, f.text.slice(cut + 1)));
}

function button(e, press) {
  if (e.type !== 'button') return el('span', { class: 'b-context' }, 'An element of the kind “' + e.type + '”.');
  const label = e.text.text;
  const props = { type: 'button', class: 'b-button ' + (e.style || ''), 'data-test': 'slack-button', 'data-action': e.action_id, 'data-text': label };
  if (press) props.onclick = (event) => press(e, event.currentTarget);
  return el('button', props, label);
}

function rich(section, slack) {
  return (section.elements || []).map((e) => {
    switch (e.type) {
      case 'text': return e.style && e.style.bold ? el('strong', {}, e.text) : e.text;
      case 'user': return mention(e.user_id, slack);
      case 'usergroup': return el('span', { class: 'mention' }, '@' + e.usergroup_id);
      case 'broadcast': return el('span', { class: 'mention mine' }, '@' + e.range);
      case 'channel': return el('span', { class: 'mention' }, '#' + channel(e.channel_id, slack));
      case 'link': return link(e.url, e.text, slack);
      case 'emoji': return e.unicode ? String.fromCodePoint(...e.unicode.split('-').map((h) => parseInt(h, 16))) : ':' + e.name + ':';
      case 'rich_text_section': return el('div', {}, rich(e, slack));
      default: return '';
    }
  });
}
