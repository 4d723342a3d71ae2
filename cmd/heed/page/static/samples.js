// Things a customer may send, made on the spot: photos, a document, a voice message.

import { base64 } from './api.js';

const wide = 960;
const high = 720;

function canvas(draw) {
  const c = document.createElement('canvas');
  c.width = wide;
  c.height = high;
  draw(c.getContext('2d'));
  return new Promise((resolve) => { c.toBlob(resolve, 'image/jpeg', 0.85); });
}

function backdrop(g, top, bottom) {
  const fill = g.createLinearGradient(0, 0, 0, high);
  fill.addColorStop(0, top);
  fill.addColorStop(1, bottom);
  g.fillStyle = fill;
  g.fillRect(0, 0, wide, high);
}

function box(g, x, y, w, h, r, colour) {
  g.fillStyle = colour;
  g.beginPath();
  g.roundRect(x, y, w, h, r);
  g.fill();
}

function word(g, text, x, y, font, colour) {
  g.fillStyle = colour;
  g.font = font + ' system-ui, "Noto Sans", sans-serif';
  g.fillText(text, x, y);
}

// router is a box on a shelf whose line light is red.
function router(g) {
  backdrop(g, '#dfe7ef', '#b9c8d6');
  box(g, 0, 520, wide, 200, 0, '#8a6a4f');
  box(g, 0, 520, wide, 14, 0, '#a2805f');
  for (const x of [270, 660]) {
    g.save();
    g.translate(x, 330);
    g.rotate((x < wide / 2 ? -6 : 6) * Math.PI / 180);
    box(g, -11, -230, 22, 260, 11, '#2b333d');
    g.restore();
  }
  box(g, 180, 320, 600, 205, 26, '#323c48');
  box(g, 180, 320, 600, 100, 26, '#3c4856');
  ['POWER', 'WIFI', 'LAN', 'LINE'].forEach((name, i) => {
    const x = 270 + i * 140;
    g.fillStyle = name === 'LINE' ? '#ff5147' : '#57d38c';
    g.shadowColor = g.fillStyle;
    g.shadowBlur = 30;
    g.beginPath();
    g.arc(x, 448, 13, 0, 7);
    g.fill();
    g.shadowBlur = 0;
    g.textAlign = 'center';
    word(g, name, x, 494, '600 19px', '#b9c5d1');
  });
  g.textAlign = 'left';
}

// speed is a screen that shows a speed test.
function speed(g) {
  backdrop(g, '#16202c', '#0d141d');
  word(g, 'Speed test', 80, 130, '600 46px', '#e8eef5');
  g.lineWidth = 34;
  g.lineCap = 'round';
  for (const [end, colour] of [[2.25, '#26364a'], [0.83, '#ff7a59']]) {
    g.strokeStyle = colour;
    g.beginPath();
    g.arc(480, 430, 190, 0.75 * Math.PI, end * Math.PI);
    g.stroke();
  }
  g.textAlign = 'center';
  word(g, '0.4', 480, 450, '700 110px', '#ffffff');
  word(g, 'Mbit/s', 480, 510, '500 36px', '#9fb1c6');
  word(g, 'your contract: 100 Mbit/s', 480, 660, '500 34px', '#9fb1c6');
  g.textAlign = 'left';
}

// bill is a sheet of paper with a total.
function bill(g) {
  backdrop(g, '#c9b79c', '#a8926f');
  g.save();
  g.translate(480, 380);
  g.rotate(-0.035);
  g.shadowColor = 'rgba(0,0,0,.35)';
  g.shadowBlur = 40;
  box(g, -300, -330, 600, 720, 6, '#fdfcf8');
  g.shadowBlur = 0;
  word(g, 'Invoice 10/26', -250, -250, '700 46px', '#27313d');
  for (let i = 0; i < 7; i++) box(g, -250, -190 + i * 44, 300 + (i * 53) % 130, 14, 7, '#c8ced6');
  for (let i = 0; i < 7; i++) box(g, 190, -190 + i * 44, 60, 14, 7, '#c8ced6');
  box(g, -250, 130, 500, 4, 2, '#27313d');
  word(g, 'Total', -250, 195, '600 40px', '#27313d');
  word(g, '£ 96.40', 90, 195, '700 40px', '#b3261e');
  g.restore();
}

const photo = async (draw) => ({ kind: 'photo', name: '', mime: 'image/jpeg', body: await base64(await canvas(draw)) });

export const onePhoto = async () => [await photo(router)];

export const album = async () => [await photo(router), await photo(speed), await photo(bill)];

// ticket is a page of PDF.
export async function ticket() {
  const lines = ['Fault report 48213', 'Reported by telephone on Monday at 09:40', 'The line has been down since Sunday evening.', 'A technician was promised for Tuesday. Nobody came.'];
  const page = lines.map((s, i) => `BT /F1 ${i ? 12 : 20} Tf 72 ${760 - i * 28} Td (${s}) Tj ET`).join('\n');
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const at = parts.map((p, i) => {
    const here = text.length;
    text += `${i + 1} 0 obj\n${p}\nendobj\n`;
    return here;
  });
  const table = text.length;
  text += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n`;
  text += at.map((n) => String(n).padStart(10, '0') + ' 00000 n \n').join('');
  text += `trailer << /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return [{ kind: 'document', name: 'fault-report-48213.pdf', mime: 'application/pdf', body: await base64(new Blob([text])) }];
}

// voice is two seconds of quiet: Opus in Ogg, as Telegram's voice messages are (RFC 7845).
export async function voice() {
  const ascii = (s) => [...s].map((c) => c.charCodeAt(0));
  const head = [...ascii('OpusHead'), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0];
  const tags = [...ascii('OpusTags'), 4, 0, 0, 0, ...ascii('heed'), 0, 0, 0, 0];
  const sound = Array.from({ length: 100 }, () => [0xf8, 0xff, 0xfe]);
  const pages = [oggPage([head], 2, 0, 0), oggPage([tags], 0, 0, 1), oggPage(sound, 4, 100 * 960, 2)];
  return [{ kind: 'voice', name: 'voice.ogg', mime: 'audio/ogg', body: await base64(new Blob(pages)) }];
}

function oggPage(packets, flags, granule, number) {
  const body = packets.flat();
  const bytes = new Uint8Array(27 + packets.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  view.setUint32(6, granule, true);
  view.setUint32(14, 4242, true);
  view.setUint32(18, number, true);
  bytes[26] = packets.length;
  bytes.set(packets.map((p) => p.length), 27);
  bytes.set(body, 27 + packets.length);
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  view.setUint32(22, sum >>> 0, true);
  return bytes;
}

// own are files the person chose.
export async function own(list, kind) {
  const out = [];
  for (const f of [...list].slice(0, 10)) out.push({ kind, name: f.name, mime: f.type || 'application/octet-stream', body: await base64(f) });
  return out;
}
