// Elements from data. Texts become text nodes: nothing that a document says can act as markup.

/** make('a', { href, class: 'x', 'aria-label': … }, 'text', child) → the element; properties that are null are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** labelled('地区', control) → a label with its control below it. */
export function labelled(text, control, style = 'field') {
  return make('label', { class: style }, make('span', {}, text), control);
}

/** Call `work` once nothing more has come for `delay` milliseconds. */
export function calmly(work, delay = 250) {
  let waiting;
  return (...given) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => work(...given), delay);
  };
}
