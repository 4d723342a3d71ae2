// What of the page's text cannot be read, each with the reason: it is cut, it hangs out of what it stands in, its lines
// run into each other, or the fonts have no picture of a character. Text that one scrolls to is not cut.
(() => {
  const found = new Set();
  const name = (e) => e.tagName.toLowerCase() + (e.dataset.test ? '[' + e.dataset.test + ']' : e.classList.length ? '.' + e.classList[0] : '');
  const complain = (e, what, text) => found.add(`${name(e)} ${what}: ${text.trim().slice(0, 60)}`);

  // A character without a picture is drawn as the box that code points nobody uses are drawn as.
  const size = 48;
  const board = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
  const drawn = (font, text) => {
    board.clearRect(0, 0, size, size);
    board.font = font;
    board.fillText(text, 16, 32);
    return board.getImageData(0, 0, size, size).data.join();
  };
  const boxes = new Map();
  const box = (font) => {
    if (!boxes.has(font)) {
      const [a, b] = ['\u{10fff0}', '\u{f8000}'].map((c) => drawn(font, c));
      if (a !== b || a === drawn(font, ' ')) found.add('a missing character cannot be told in ' + font);
      boxes.set(font, { box: a, blank: drawn(font, ' '), seen: new Map() });
    }
    return boxes.get(font);
  };
  const pictures = (e, style, text) => {
    const known = box(`${style.fontStyle} ${style.fontWeight} 20px ${style.fontFamily}`);
    for (const c of text) {
      if (/[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(c)) continue;
      if (!known.seen.has(c)) {
        const picture = drawn(`${style.fontStyle} ${style.fontWeight} 20px ${style.fontFamily}`, c);
        known.seen.set(c, picture === known.box ? 'a box' : picture === known.blank ? 'nothing' : '');
      }
      const what = known.seen.get(c);
      if (what) complain(e, `draws U+${c.codePointAt(0).toString(16)} as ${what}`, text);
    }
  };

  const width = (style, text) => {
    board.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return board.measureText(text);
  };
  const inside = (e, style) => e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);

  const ended = new Set(); // boxes that cut what is too high for them, and were looked at
  const fits = (e, rects, text) => {
    let flow = true; // false above what is placed freely, which may lie over the edge
    let [left, right] = [Math.min(...rects.map((r) => r.left)), Math.max(...rects.map((r) => r.right))];
    for (let p = e; p; p = p.parentElement) {
      const style = getComputedStyle(p);
      if (style.display === 'inline' || style.display === 'contents') continue;
      const [x, y] = [style.overflowX, style.overflowY];
      const r = p.getBoundingClientRect();
      if (/auto|scroll/.test(x)) [left, right] = [r.left, r.right];
      else if ((flow || x !== 'visible') && (right > r.right + 1 || left < r.left - 1)) {
        complain(p, x === 'visible' ? 'does not hold its text' : 'cuts its text', text);
        break;
      }
      if (/hidden|clip/.test(y) && !ended.has(p)) {
        ended.add(p);
        if (p.scrollHeight > p.clientHeight + 1) complain(p, `is ${p.clientHeight} high for ${p.scrollHeight}`, text);
      }
      if (/absolute|fixed/.test(style.position)) flow = false;
    }
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const e = node.parentElement;
    const text = node.data;
    if (!text.trim() || /^(OPTION|TEXTAREA|NOSCRIPT|SCRIPT)$/.test(e.tagName) || !e.checkVisibility({ visibilityProperty: true })) continue;
    // Word by word: the spaces at the ends of lines may hang.
    const rects = [...text.matchAll(/\S+/g)].flatMap((m) => {
      const range = document.createRange();
      range.setStart(node, m.index);
      range.setEnd(node, m.index + m[0].length);
      return [...range.getClientRects()];
    }).filter((r) => r.width > 0 && r.height > 0);
    if (rects.length === 0) continue;
    const style = getComputedStyle(e);
    pictures(e, style, text);
    fits(e, rects, text);
    const ink = width(style, text);
    const high = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
    if (new Set(rects.map((r) => Math.round(r.top))).size > 1 && high > parseFloat(style.lineHeight) + 1) complain(e, `has lines of ${style.lineHeight} for ink of ${high.toFixed(1)}`, text);
  }

  for (const e of document.querySelectorAll('select, input, textarea')) {
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(e);
    const list = e.tagName === 'SELECT';
    const text = list ? (e.selectedOptions[0] || { text: '' }).text : e.value || e.placeholder || '';
    if (!text || /date|time|radio|checkbox/.test(e.type)) continue;
    pictures(e, style, text);
    const arrow = 20;
    const whole = e.nextElementSibling && e.nextElementSibling.classList.contains('picked') && !e.nextElementSibling.hidden;
    if (list && !whole && width(style, text).width > inside(e, style) - arrow) complain(e, 'cuts what is chosen', text);
    if (!list && !e.value && width(style, text).width > inside(e, style) + 1) complain(e, 'cuts its prompt', text);
  }
  return [...found];
})()
