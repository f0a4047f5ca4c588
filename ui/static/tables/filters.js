// A filter for each column, as its kind is asked: a choice, from–to, a time of day, else a word.

import { labelled, make } from './dom.js';

const EMPTY = '\u0000';
const RANGES = { number: 'text', coordinate: 'text', year: 'text', date: 'date', period: 'date', clock: 'time' };

// What may be typed for a kind, and an example: told at once, without asking the server.
const FORMS = {
  number: [/^[△▲+-]?\s*[¥\\]?[\d,]+(\.\d+)?\D{0,8}$/, '数', '50'],
  coordinate: [/^[+-]?\d+(\.\d+)?$/, '数', '35.68'],
  year: [/\d|元/, '年', '令和5年度'],
};

/** Return [the control to show, a function that returns its filters as the API takes them]. */
export function filterOf(column) {
  const name = column.unit && !column.title.includes(column.unit) ? `${column.title}（${column.unit}）` : column.title;
  if (column.choices.length) return choice(column, name);
  if (RANGES[column.kind]) return range(column, name, RANGES[column.kind]);
  if (column.kind === 'hours') return within(column, name);
  return word(column, name);
}

function choice(column, name) {
  const options = column.choices.map((text) => make('option', { value: text }, text));
  const select = make('select', {}, make('option', { value: '' }, 'すべて'), ...options, make('option', { value: EMPTY }, '（空欄）'));
  const asked = () => {
    if (!select.value) return [];
    return [select.value === EMPTY ? `${column.title} empty` : `${column.title}=${select.value}`];
  };
  return [labelled(name, select), asked];
}

function range(column, name, type) {
  const field = (said) => make('input', { type, 'aria-label': `${name} ${said}`, inputmode: column.kind === 'number' ? 'decimal' : null, autocomplete: 'off' });
  const [from, to] = [field('から'), field('まで')];
  const box = make('fieldset', { class: 'field' }, make('legend', {}, name), make('div', { class: 'range' }, from, make('span', { 'aria-hidden': 'true' }, '〜'), to));
  const asked = () => [[from, '>='], [to, '<=']]
    .filter(([input]) => input.value.trim())
    .map(([input, sign]) => `${column.title}${sign}${fitting(input.value.trim(), column)}`);
  return [box, asked];
}

/** Return a value as typed; an Error with the cure where it is none of the column's kind. */
function fitting(value, column) {
  const [form, called, example] = FORMS[column.kind] ?? [];
  if (!form || form.test(value.normalize('NFKC'))) return value;
  throw new Error(`「${column.title}」は${called}の列です。「${value}」は${called}として読めません。${example} のように書いてください。`);
}

function within(column, name) {
  const input = make('input', { type: 'time' });
  return [labelled(`${name}（この時刻を含む）`, input), () => (input.value ? [`${column.title}=${input.value}`] : [])];
}

function word(column, name) {
  const input = make('input', { type: 'text', autocomplete: 'off' });
  return [labelled(name, input), () => (input.value.trim() ? [`${column.title} contains ${input.value.trim()}`] : [])];
}
