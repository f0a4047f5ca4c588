// One row on its own: every cell with its place in the document, and the link to it. Nothing is asked of the counter.

import { link, row } from './calls.js';
import { make } from './dom.js';

/** Open the dialog over a row. */
export async function openRow(dialog, id, number) {
  const told = await row(id, number);
  const address = make('input', { type: 'text', readonly: true, value: link(id, number), 'aria-label': 'この行へのリンク' });
  const said = make('span', { role: 'status', class: 'quiet' });
  const copy = make('button', { type: 'button', class: 'plain', onclick: () => copied(address, said) }, 'リンクをコピー');
  const close = make('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, '閉じる');
  dialog.replaceChildren(
    make('h2', { id: 'row-title', tabindex: '-1', autofocus: true }, `${told.title}　${told.row}行目`),
    make('p', { class: 'quiet' }, `文書「${told.document}」${told.page}ページ${told.adds_up ? '・ほかの行を合わせた行' : ''}`),
    make('dl', {}, ...told.cells.flatMap(described)),
    make('div', { class: 'link' }, address, copy, said),
    make('div', { class: 'foot' }, close),
  );
  dialog.showModal();
  dialog.scrollTop = 0;
}

function described(cell) {
  const [first, last] = [(cell.start + 1).toLocaleString(), cell.end.toLocaleString()];
  const place = cell.end > cell.start ? `文書の ${first === last ? first : `${first}–${last}`} 文字目` : '空欄';
  return [make('dt', {}, cell.column), make('dd', {}, make('span', { class: 'text' }, cell.text || '―'), make('small', {}, place))];
}

async function copied(address, said) {
  address.select();
  try {
    await navigator.clipboard.writeText(address.value);
    said.textContent = 'コピーしました。';
  } catch {
    said.textContent = '選んだので、コピーの操作をしてください。';
  }
}
