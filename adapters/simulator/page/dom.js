// Elements are made here and nowhere else: text always goes in as text, never as markup.

/** An element with properties ("aria-…", "role" and the like as attributes) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && !name.startsWith("aria")) element[name] = value;
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let made = 0;

/** An id that nothing else on the page has. */
export function fresh(word) {
  made += 1;
  return `${word}-${made}`;
}

/** The paragraph beside a control that says what went wrong; empty until then. */
export function problem() {
  return make("p", { className: "problem", role: "alert" });
}

export const byId = (id) => document.getElementById(id);
