// Dialogs over the desk. Each open one keeps its own form, so that going back from a preview finds what was typed.

import { $, el, icon, busy } from './dom.js';
import { post } from './api.js';
import { blocks, text } from './blocks.js';
import { tongue } from './text.js';

const open = new Map(); // by view id

// drawModals shows the dialogs of the person who is acting, the last on top. Those of the others wait.
export function drawModals(slack) {
  const box = $('.modals');
  const { views } = slack;
  const wanted = new Set(views.map((v) => v.id));
  for (const [id, m] of open) {
    if (m.actor !== slack.actor || wanted.has(id)) continue;
    m.node.remove();
    open.delete(id);
  }
  for (const m of open.values()) {
    if (m.actor === slack.actor) m.node.hidden = true;
    else m.node.remove();
  }
  views.forEach((v, i) => {
    let m = open.get(v.id);
    const top = i === views.length - 1;
    if (!m || m.hash !== v.hash) {
      const node = modal(v, slack, i > 0);
      if (m) m.node.replaceWith(node);
      else box.append(node);
      m = { node, hash: v.hash, actor: slack.actor, new: true };
      open.set(v.id, m);
    }
    if (!m.node.isConnected) box.append(m.node); // its person is back
    m.node.hidden = !top;
    if (top && m.new) {
      m.new = false;
      box.hidden = false;
      const first = m.node.querySelector('input, textarea, select') || m.node.querySelector('[data-test=modal-submit]') || m.node.querySelector('[data-test=modal-close]');
      if (first) first.focus({ preventScroll: true });
    }
  });
  box.hidden = views.length === 0;
}

function modal(v, slack, pushed) {
  const fields = [];
  const body = el('div', { class: 'modal-body' });
  for (const b of v.blocks || []) {
    if (b.type === 'input') {
      const f = field(b, slack);
      fields.push(f);
      body.append(f.node);
    } else {
      body.append(...blocks([b], slack, (e, button) => busy(button, () => post('/slack/press', { actor: slack.actor, view: v.id, action: e.action_id, value: e.value || '' }))));
    }
  }
  const shut = () => post('/slack/close', { actor: slack.actor, view: v.id, values: {} });
  const submit = v.submit && el('button', { class: 'primary', 'data-test': 'modal-submit' }, v.submit);
  const form = el('form', { class: 'modal' + (pushed ? ' pushed' : ''), role: 'dialog', lang: tongue(v.title + JSON.stringify(v.blocks)), 'aria-modal': 'true', 'aria-label': v.title, 'data-test': 'modal', 'data-title': v.title, novalidate: true },
    el('header', {},
      el('h2', { 'data-test': 'modal-title', dir: 'auto' }, v.title),
      el('button', { type: 'button', class: 'ghost round', 'aria-label': 'Close', 'data-test': 'modal-x', onclick: shut }, icon('close'))),
    body,
    el('footer', {},
      el('button', { type: 'button', 'data-test': 'modal-close', onclick: shut }, v.close || 'Close'),
      submit));
  form.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') shut();
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) form.requestSubmit();
  });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    if (!submit) return;
    busy(submit, async () => {
      const values = Object.fromEntries(fields.map((f) => [f.id, f.value()]));
      for (const f of fields) f.complain('');
      // Half a date would be sent as none.
      const half = fields.filter((f) => f.half());
      for (const f of half) f.complain('Please finish this, or clear it.');
      if (half.length > 0) {
        half[0].focus();
        return;
      }
      const answer = await post('/slack/submit', { actor: slack.actor, view: v.id, values });
      if (!answer) return;
      const wrong = fields.filter((f) => answer.errors[f.id]);
      for (const f of wrong) f.complain(answer.errors[f.id]);
      if (wrong.length > 0) wrong[0].focus();
    });
  });
  return form;
}

// field draws an input block. Its id is the block's, which heed keeps equal to the action's.
function field(b, slack) {
  const e = b.element;
  const control = input(e, b.block_id, slack);
  const error = el('p', { class: 'error', 'data-test': 'error-' + b.block_id, hidden: true });
  const node = el('div', { class: 'field' },
    el('label', { for: control.id }, text(b.label, slack), b.optional && el('small', {}, ' (optional)')),
    control,
    error,
    b.hint && el('p', { class: 'hint' }, text(b.hint, slack)));
  // A list that is shut has room for one line: what was chosen stands under it, whole.
  const picked = e.type === 'static_select' && el('p', { class: 'picked', 'data-test': 'picked-' + b.block_id, hidden: true });
  if (picked) {
    control.after(picked);
    control.addEventListener('change', () => {
      const o = e.options.find((x) => x.value === control.value);
      picked.hidden = !o || !o.description;
      picked.replaceChildren(...(picked.hidden ? [] : [el('span', { dir: 'auto' }, o.text.text), el('span', { dir: 'auto' }, o.description.text)]));
    });
  }
  const complain = (words) => {
    error.textContent = words;
    error.hidden = !words;
    node.classList.toggle('wrong', Boolean(words));
  };
  control.addEventListener('input', () => complain(''));
  return {
    id: b.block_id,
    node,
    value: () => control.value,
    half: () => control.validity.badInput,
    focus: () => control.focus(),
    complain,
  };
}

let count = 0;

function input(e, id, slack) {
  const props = { id: 'f' + ++count, 'data-test': 'field-' + id };
  const options = (list, initial, placeholder) => el('select', props, el('option', { value: '' }, placeholder),
    list.map((o) => el('option', { value: o.value, selected: o.value === initial }, o.about ? `${o.name} – ${o.about}` : o.name)));
  switch (e.type) {
    case 'plain_text_input': {
      const node = el(e.multiline ? 'textarea' : 'input', { ...props, rows: e.multiline ? 4 : null, maxlength: e.max_length, dir: 'auto', autocomplete: 'off' });
      node.value = e.initial_value || '';
      return node;
    }
    case 'static_select':
      return options(e.options.map((o) => ({ value: o.value, name: o.text.text, about: o.description && o.description.text })), e.initial_option && e.initial_option.value, 'Select an option');
    case 'datepicker':
      return el('input', { ...props, type: 'date', max: '9999-12-31', value: e.initial_date });
    case 'timepicker':
      return el('input', { ...props, type: 'time', value: e.initial_time });
    case 'users_select':
      return options(slack.people.filter((p) => p.staff).map((p) => ({ value: p.id, name: p.name })), e.initial_user, 'Select a person');
    default:
      return el('input', { ...props, disabled: true, value: 'A field of the kind ' + e.type });
  }
}
