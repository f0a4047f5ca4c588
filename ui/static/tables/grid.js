// Rows as a table; on a narrow screen the style sheet turns each row into a card, with `data-title` before each cell.

import { link } from './calls.js';
import { make } from './dom.js';

const RIGHT = new Set(['number', 'coordinate']);
const WHOLE = new Set(['date', 'phone', 'clock', 'hours', 'year', 'id', 'mark', 'weekdays', 'mail']); // not broken where short
const [SHORT, LONG] = [16, 24];

/** The table of one page of rows. `on` has sort(title), mark(number), details(number, button). */
export function grid(page, { sort, descending, marked }, on) {
  const naming = Math.max(0, page.columns.findIndex((column) => column.kind === 'name'));
  const head = make('tr', { role: 'row' }, make('th', { scope: 'col', role: 'columnheader', class: 'number' }, '行'),
    ...page.columns.map((column, place) => heading(column, place === naming, sort, descending, on)));
  const body = page.rows.map((row) => line(page, row, naming, row.row === marked, on));
  return make('table', { role: 'table', 'aria-label': page.title },
    make('thead', { role: 'rowgroup' }, head), make('tbody', { role: 'rowgroup' }, ...body));
}

function heading(column, names, sort, descending, on) {
  const style = [RIGHT.has(column.kind) && 'right', names && 'name'].filter(Boolean).join(' ');
  const sorted = column.title === sort;
  const order = sorted ? (descending ? 'descending' : 'ascending') : null;
  const sign = make('span', { class: 'sign', 'aria-hidden': 'true' }, sorted ? (descending ? '▼' : '▲') : '');
  const button = make('button', { type: 'button', title: `「${column.title}」で並べる`, onclick: () => on.sort(column.title) }, column.title, sign);
  return make('th', { scope: 'col', role: 'columnheader', 'aria-sort': order, class: style || null }, button);
}

function line(page, row, naming, marked, on) {
  const style = [marked && 'marked', row.adds_up && 'total'].filter(Boolean).join(' ');
  return make('tr', { role: 'row', 'data-row': row.row, class: style || null, 'aria-current': marked ? 'true' : null },
    numbered(page, row, on), ...row.cells.map((text, place) => cell(page.columns[place], text, place === naming)));
}

function numbered(page, row, on) {
  const anchor = make('a', {
    href: link(page.id, row.row), 'aria-label': `${row.row}行目へのリンク`,
    onclick: (event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) { event.preventDefault(); on.mark(row.row); } },
  }, `${row.row}`);
  const button = make('button', { type: 'button', class: 'details', 'aria-label': `${row.row}行目を詳しく見る`, onclick: () => on.details(row.row) }, '詳細');
  return make('td', { role: 'cell', class: 'number' }, make('span', {}, anchor, button));
}

function cell(column, text, names) {
  const style = [RIGHT.has(column.kind) && 'right', names && 'name', !text && 'blank',
    text.length > LONG ? 'long' : text.length <= SHORT && WHOLE.has(column.kind) ? 'whole' : column.kind === 'address' && 'long'].filter(Boolean).join(' ');
  const given = { role: names ? 'rowheader' : 'cell', class: style || null, 'data-title': column.title };
  return names ? make('th', { ...given, scope: 'row' }, text) : make('td', given, text);
}
