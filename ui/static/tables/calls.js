// What is asked of the server: lists, pages of rows, single rows, CSV. Only our own origin is asked.

const at = (path) => new URL(`api/tables${path}`, document.baseURI).href;
const of = (id) => `/${encodeURIComponent(id)}`;

/** The parameters of a page of rows: filters, words, order. */
function parameters({ where, search, sort, descending }) {
  const asked = new URLSearchParams();
  for (const one of where) asked.append('where', one);
  if (search) asked.set('q', search);
  if (sort) asked.set('sort', sort);
  if (sort && descending) asked.set('desc', 'true');
  return asked;
}

async function read(address, signal) {
  const reply = await fetch(address, { signal });
  const told = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Error(told.detail ?? '表を読めませんでした。しばらくしてから、もう一度お試しください。');
  return told;
}

export const tables = () => read(at(''));
export const row = (id, number) => read(at(`${of(id)}/rows/${number}`));

export function rows(id, asked, signal) {
  const given = parameters(asked);
  given.set('offset', asked.offset);
  given.set('limit', asked.limit);
  return read(at(`${of(id)}?${given}`), signal);
}

export function csv(id, asked) {
  return at(`${of(id)}.csv?${parameters(asked)}`);
}

/** The address of the page that opens at a table, or at a row of it. */
export function link(id, number) {
  const given = new URLSearchParams({ table: id, ...(number ? { row: number } : {}) });
  return new URL(`?${given}`, document.baseURI).href.replaceAll('%7E', '~');
}
