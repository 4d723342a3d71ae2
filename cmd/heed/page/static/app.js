// The demo's page: one state from the server, drawn whenever something changed.

import { listen } from './api.js';
import { startClock, drawClock, startGuide } from './clock.js';
import { drawPhones } from './phones.js';
import { drawDesk, playing, onPlay } from './desk.js';

startGuide();
startClock();
onPlay(listen(playing, (state) => {
  document.title = (state.company ? state.company + ' · ' : '') + 'heed demo';
  drawClock(state.clock);
  drawPhones(state);
  drawDesk(state);
  document.body.dataset.ready = 'true';
}));
