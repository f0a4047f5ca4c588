// <madoguchi-tables>: choose a table, look through its rows. State lives here; what it looks like is in tables.css.

import { csv, link, rows, tables } from './calls.js';
import { calmly, labelled, make } from './dom.js';
import { filterOf } from './filters.js';
import { grid } from './grid.js';
import { openRow } from './row_dialog.js';

const STYLE = new URL('tables.css', import.meta.url).href;
const SIZES = [50, 100, 200];

class Tables extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: 'open' });
    const style = make('link', { rel: 'stylesheet', href: STYLE, onload: () => this.start() });
    this.shadowRoot.append(style);
  }

  async start() {
    this.list = make('ul', {});
    this.finder = make('input', { type: 'search', autocomplete: 'off', oninput: () => this.showList() });
    this.count = make('span', { class: 'quiet' });
    this.chooser = make('details', { class: 'choose', open: true },
      make('summary', {}, '表を選ぶ', this.count), labelled('表をさがす', this.finder), this.list);
    this.alert = make('p', { role: 'alert', class: 'alert', hidden: true });
    this.view = make('section', { 'aria-label': '選んだ表' });
    this.dialog = make('dialog', { 'aria-labelledby': 'row-title' });
    this.shadowRoot.append(this.chooser, this.alert, this.view, this.dialog);
    await this.trying(async () => {
      this.known = await tables();
      this.count.textContent = `${this.known.length.toLocaleString()}件`;
      this.showList();
      this.openLinked();
    });
  }

  /** Open the table, and the row, that the page's address names. */
  openLinked() {
    const given = new URLSearchParams(location.search);
    const id = given.get('table') ?? (this.known.length === 1 ? this.known[0].id : null);
    if (id === null) return;
    const table = this.known.find((one) => one.id === id);
    if (!table) return this.complain(`表「${id}」はありません。下の一覧から選んでください。`);
    const row = Number(given.get('row')) || null;
    if (row !== null && (row < 1 || row > table.rows)) this.complain(`この表に ${row} 行目はありません。1 から ${table.rows} までです。`);
    this.choose(table, row !== null && row >= 1 && row <= table.rows ? row : null, { keep: true });
  }

  showList() {
    const words = folded(this.finder.value).split(/\s+/).filter(Boolean);
    const fitting = this.known.filter((table) => words.every((word) => folded(`${table.id} ${table.title} ${titles(table)}`).includes(word)));
    const items = fitting.map((table) => make('li', {}, make('button', {
      type: 'button', 'aria-pressed': String(table.id === this.table?.id), onclick: () => this.choose(table),
    }, make('b', {}, table.title), make('small', {}, `${table.rows.toLocaleString()}行・${titles(table)}`))));
    this.list.replaceChildren(...(items.length ? items : [make('li', { class: 'quiet' }, '合う表はありません。ことばを変えてください。')]));
  }

  /** Show a table; what is chosen by hand gets the focus where one goes on, and its address. */
  async choose(table, row = null, { keep = false, next = 'h2' } = {}) {
    this.table = table;
    this.row = row;
    const limit = SIZES[0];
    this.asked = { where: [], search: '', sort: '', descending: false, limit, offset: row ? Math.floor((row - 1) / limit) * limit : 0 };
    if (!keep) { this.calm(); history.replaceState(history.state, '', link(table.id)); }
    this.chooser.open = false;
    this.showList();
    this.page = null;
    await this.load({ first: true });
    if (!keep) this.view.querySelector(next)?.focus();
  }

  async load({ first = false } = {}) {
    this.loading?.abort();
    const asking = (this.loading = new AbortController());
    await this.trying(async () => {
      const page = await rows(this.table.id, this.asked, asking.signal);
      if (asking.signal.aborted) return;
      if (!first) this.calm();
      this.page = page;
      if (first) this.frame();
      this.showRows();
      if (first && this.row) this.region.querySelector('.marked')?.scrollIntoView({ block: 'center' });
    });
  }

  /** Draw what stays while rows come and go: the title, the search, the filters. */
  frame() {
    const later = calmly(() => this.look());
    this.search = make('input', { type: 'search', autocomplete: 'off', oninput: later });
    const filters = this.page.columns.map(filterOf);
    this.filters = filters.map(([, asked]) => asked);
    this.narrowed = make('span', { class: 'quiet' });
    const chosen = make('details', { class: 'filters', oninput: later }, make('summary', {}, '列でしぼる', this.narrowed),
      make('div', { class: 'grid' }, ...filters.map(([control]) => control)));
    this.order = make('select', { onchange: () => this.sortBy(this.order.value, this.asked.descending) },
      make('option', { value: '' }, '文書の順'), ...this.page.columns.map((column) => make('option', { value: column.title }, column.title)));
    this.turn = make('button', { type: 'button', class: 'plain', onclick: () => this.sortBy(this.asked.sort, !this.asked.descending) });
    this.status = make('p', { role: 'status' });
    this.save = make('a', { class: 'plain', download: '' }, 'CSVで保存');
    this.clear = make('button', { type: 'button', class: 'plain', onclick: () => this.choose(this.table, null, { next: 'input' }) }, '条件をすべて外す');
    this.region = make('div', { class: 'region', role: 'region', tabindex: '0', 'aria-label': `「${this.table.title}」の行（はみ出す列は横に動かして見られます）` });
    this.pages = make('nav', { 'aria-label': '表のページ' });
    this.view.replaceChildren(this.about(),
      make('form', { role: 'search', onsubmit: (event) => { event.preventDefault(); this.look(); } },
        labelled('表の中をさがす', this.search, 'field search'),
        make('div', { class: 'order' }, labelled('並べ方', this.order), this.turn), chosen),
      make('div', { class: 'bar' }, this.status, this.clear, this.save), this.region, this.pages);
  }

  about() {
    const { title, document: of, page, columns, notes, problems } = this.table;
    const head = make('div', { class: 'about' }, make('h2', { tabindex: '-1' }, title),
      make('p', { class: 'quiet' }, `文書「${of}」${page}ページ・${this.table.rows.toLocaleString()}行・${columns.length}列`));
    for (const [name, lines] of [['注記', notes], ['読み取りで確かめてほしいこと', problems.map((one) => one.message)]]) {
      if (lines.length) head.append(make('details', {}, make('summary', {}, `${name}（${lines.length}件）`), make('ul', {}, ...lines.map((text) => make('li', {}, text)))));
    }
    return head;
  }

  /** Take up what stands in the search box and the filters. */
  look() {
    this.trying(() => {
      Object.assign(this.asked, { where: this.filters.flatMap((asked) => asked()), search: this.search.value.trim(), offset: 0 });
      return this.load();
    });
  }

  sortBy(title, descending) {
    Object.assign(this.asked, { sort: title, descending: Boolean(title) && descending, offset: 0 });
    this.load();
  }

  /** A header that is pressed again sorts the other way, then not at all. */
  press(title) {
    const { sort, descending } = this.asked;
    if (sort !== title) this.sortBy(title, false);
    else if (!descending) this.sortBy(title, true);
    else this.sortBy('', false);
  }

  showRows() {
    const { page, asked } = this;
    const focused = this.shadowRoot.activeElement?.closest?.('th')?.cellIndex;
    const table = grid(page, { sort: asked.sort, descending: asked.descending, marked: this.row }, {
      sort: (title) => this.press(title), mark: (number) => this.mark(number),
      details: (number) => this.trying(() => openRow(this.dialog, page.id, number)),
    });
    const left = this.region.scrollLeft;
    this.region.replaceChildren(page.rows.length ? table : make('p', { class: 'none' }, '条件に合う行はありません。条件をゆるめてください。'));
    this.region.scrollTo({ top: 0, left, behavior: 'instant' });
    if (focused !== undefined) table.tHead.rows[0].cells[focused]?.querySelector('button')?.focus({ preventScroll: true });
    this.order.value = asked.sort;
    this.turn.textContent = asked.descending ? '大きい順' : '小さい順';
    this.turn.disabled = !asked.sort;
    this.narrowed.textContent = asked.where.length ? `${asked.where.length}個の条件` : '';
    this.clear.hidden = !asked.where.length && !asked.search && !asked.sort;
    this.save.href = csv(page.id, asked);
    this.showPlace();
  }

  showPlace() {
    const { total, offset, limit, rows: shown } = this.page;
    this.status.textContent = shown.length ? `${total.toLocaleString()}件中 ${(offset + 1).toLocaleString()}–${(offset + shown.length).toLocaleString()}件` : '0件';
    const to = (text, place, off) => make('button', { type: 'button', class: 'plain', disabled: off, onclick: () => this.turnTo(place) }, text);
    const size = make('select', { onchange: () => this.resize(Number(size.value)) }, ...SIZES.map((one) => make('option', { value: one, selected: one === limit }, `${one}件ずつ`)));
    this.pages.replaceChildren(to('前へ', Math.max(0, offset - limit), offset === 0),
      make('span', {}, `${Math.floor(offset / limit) + 1} / ${Math.max(1, Math.ceil(total / limit))} ページ`),
      to('次へ', offset + limit, offset + limit >= total), make('label', {}, make('span', { class: 'hidden' }, '一度に見る行'), size));
  }

  async turnTo(offset) {
    this.asked.offset = offset;
    await this.load();
    this.view.scrollIntoView({ block: 'nearest' });
    this.region.focus({ preventScroll: true });
  }

  async resize(limit) {
    Object.assign(this.asked, { limit, offset: 0 });
    await this.load();
    this.pages.querySelector('select').focus();
  }

  mark(number) {
    this.row = number;
    history.replaceState(history.state, '', link(this.table.id, number));
    for (const line of this.region.querySelectorAll('tbody tr')) {
      const marked = Number(line.dataset.row) === number;
      line.classList.toggle('marked', marked);
      if (marked) line.setAttribute('aria-current', 'true');
      else line.removeAttribute('aria-current');
    }
  }

  async trying(work) {
    try {
      await work();
    } catch (error) {
      if (error.name !== 'AbortError') this.complain(error instanceof TypeError ? '窓口につながりません。しばらくしてから、もう一度お試しください。' : error.message);
    }
  }

  complain(message) {
    this.alert.textContent = message;
    this.alert.hidden = false;
  }

  calm() {
    this.alert.hidden = true;
  }
}

const titles = (table) => table.columns.map((column) => column.title).join('・');
/** Width, case and kana do not tell texts apart: ﾎｰﾙ, ホール, ほーる. */
const folded = (text) => text.normalize('NFKC').toLowerCase().replace(/[ァ-ヶ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60));

if (!customElements.get('madoguchi-tables')) customElements.define('madoguchi-tables', Tables);
