// The page's line to the server: the state, and what the person does.

import { toast } from './dom.js';

// post sends what the person did. Refusals are shown, and give null.
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Heed-Demo': '1' },
      body: JSON.stringify(body),
    });
    const out = await answer.json();
    if (answer.ok) return out;
    toast(out.error);
  } catch {
    toast('The demo does not answer. Is it still running?');
  }
  return null;
}

// listen calls back with the state now and after each change, as the person that who names sees it. It gives a function
// that asks at once.
export function listen(who, show) {
  let loading = false;
  let again = false;
  const load = async () => {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    do {
      again = false;
      try {
        const actor = who();
        const answer = await fetch('/state?as=' + encodeURIComponent(actor));
        const state = await answer.json();
        if (actor !== who()) again = true; // somebody else is played meanwhile
        else if (answer.ok) show(state);
        else toast(state.error);
      } catch (err) {
        if (!(err instanceof TypeError)) throw err; // the server is away; the event stream comes back by itself
      }
    } while (again);
    loading = false;
  };
  const events = new EventSource('/events');
  events.addEventListener('changed', load);
  events.addEventListener('error', () => document.body.classList.add('away'));
  events.addEventListener('open', () => document.body.classList.remove('away'));
  return load;
}

// base64 reads a file for a request.
export function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

// kept remembers small things of this tab over a reload.
export const kept = {
  get(name, otherwise) {
    const text = sessionStorage.getItem('heed.' + name);
    return text === null ? otherwise : JSON.parse(text);
  },
  set(name, value) {
    sessionStorage.setItem('heed.' + name, JSON.stringify(value));
  },
};
