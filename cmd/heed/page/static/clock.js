// The clock over the page, and the guide for newcomers under it.

import { $ } from './dom.js';
import { post, kept } from './api.js';

let shown = null; // the state's clock, and when it came
let moving = false;

const long = (zone) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const hours = (zone) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const short = (zone) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export function startClock() {
  for (const button of document.querySelectorAll('[data-by]')) {
    button.addEventListener('click', async () => {
      moving = true;
      draw();
      const done = await post('/clock/move', { by: button.dataset.by });
      if (done) step('wait');
      moving = false;
      draw();
    });
  }
  setInterval(draw, 1000);
}

export function drawClock(clock) {
  shown = { ...clock, came: performance.now() };
  draw();
}

function draw() {
  if (!shown) return;
  const now = new Date(Date.parse(shown.now) + performance.now() - shown.came);
  const busy = moving || shown.moving;
  $('.clock').dataset.moving = String(busy);
  $('[data-test=clock-now]').textContent = long(shown.zone).format(now) + ', ' + hours(shown.zone).format(now);
  $('[data-test=clock-now]').dateTime = shown.now;
  $('[data-test=clock-place]').textContent = shown.place || shown.zone;
  for (const b of document.querySelectorAll('[data-by]')) b.disabled = busy || (b.dataset.by === 'promise' && !shown.next);
  $('[data-by=day]').title = 'To ' + short(shown.zone).format(new Date(shown.day));
  const next = shown.next ? short(shown.zone).format(new Date(shown.next)) : '';
  $('[data-test=clock-next]').textContent = busy ? 'Time is passing …' : next ? 'Next promise: ' + next : 'No promise comes due';
}

const done = new Set(kept.get('steps', []));

// step ticks a step of the guide off.
export function step(name) {
  if (done.has(name)) return;
  done.add(name);
  kept.set('steps', [...done]);
  drawGuide();
}

function drawGuide() {
  for (const li of document.querySelectorAll('.guide li')) li.classList.toggle('done', done.has(li.dataset.step));
}

export function startGuide() {
  const guide = $('.guide');
  const show = (open) => {
    guide.hidden = !open;
    $('[data-test=guide-open]').hidden = open;
    kept.set('guide', open);
  };
  $('[data-test=guide-close]').addEventListener('click', () => show(false));
  $('[data-test=guide-open]').addEventListener('click', () => show(true));
  show(kept.get('guide', true));
  drawGuide();
}
