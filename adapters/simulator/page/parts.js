// One function a part. `act` has press(ref, value), submit(ref, values) and open(form).

import { chart } from "./chart.js";
import { fresh, make } from "./dom.js";

const DRAWN = {
  heading: (part) => make("h3", { textContent: part.text }),
  prose: (part) => make("p", { className: "prose", textContent: part.text }),
  fineprint: (part) => make("p", { className: "fineprint", textContent: part.text }),
  scale,
  choices: (part, act) => (part.many ? several(part, act) : single(part, act)),
  free_text: freeText,
  buttons,
  form: (part, act) =>
    make("button", { type: "button", textContent: part.text, onclick: () => act.open(part) }),
  facts,
  bars,
  chart,
  quote,
};

/** A part that this page does not know is shown by its text. */
export function drawPart(part, act) {
  const draw = DRAWN[part.type];
  return draw ? draw(part, act) : make("p", { textContent: part.text ?? "" });
}

function question(part, kind, ...children) {
  return make("fieldset", { className: kind }, make("legend", { textContent: part.text }), ...children);
}

function press(part, option, act, ...children) {
  const onclick = () => act.press(part.ref, option.value);
  return make("button", { type: "button", onclick }, ...children);
}

// Long scales have room for the numbers only; the words of their ends stand below.
function scale(part, act) {
  if (part.options.length > 6) return longScale(part, act);
  const steps = part.options.map((option) => press(part, option, act, ...stepFace(option)));
  return question(part, "scale", make("div", { className: "steps" }, ...steps));
}

function stepFace({ value, label }) {
  const number = make("span", { className: "number", textContent: String(value) });
  return label === String(value) ? [number] : [number, make("span", { textContent: label })];
}

function longScale(part, act) {
  const worded = part.options.filter((option) => option.label !== String(option.value));
  const steps = part.options.map((option) => {
    const button = press(part, option, act, String(option.value));
    if (worded.includes(option)) button.setAttribute("aria-label", meant(option, ": "));
    return button;
  });
  const ends = worded.map((o) => make("span", { textContent: meant(o, " = ") }));
  return question(
    part, "scale long",
    make("div", { className: "steps" }, ...steps),
    make("p", { className: "ends small", "aria-hidden": "true" }, ...ends),
  );
}

/** Number and words; some words begin with their number. */
const meant = ({ value, label }, between) =>
  (label.startsWith(`${value} `) ? label : `${value}${between}${label}`);

function single(part, act) {
  const options = part.options.map((option) => press(part, option, act, option.label));
  return question(part, "choices", make("div", { className: "options" }, ...options));
}

function several(part, act) {
  const boxes = part.options.map(() => make("input", { type: "checkbox" }));
  const lines = part.options.map((option, n) => make("label", {}, boxes[n], option.label));
  const picked = () => part.options.filter((_, n) => boxes[n].checked).map((option) => option.value);
  const onclick = () => act.press(part.ref, picked());
  return question(
    part, "choices",
    make("div", { className: "boxes" }, ...lines),
    make("button", { type: "button", className: "main", textContent: "Send", onclick }),
  );
}

function freeText(part, act) {
  const id = fresh("text");
  const count = make("span", { className: "small", id: `${id}-count` });
  const area = make("textarea", { id, rows: 3, "aria-describedby": count.id });
  const counted = () => {
    const length = [...area.value].length;
    count.textContent = `${length.toLocaleString("en")} of ${part.longest.toLocaleString("en")} characters`;
    count.classList.toggle("over", length > part.longest);
  };
  area.oninput = counted;
  counted();
  const submit = (event) => {
    event.preventDefault();
    act.submit(part.ref, { [part.fields[0].id]: area.value });
  };
  return make(
    "form", { className: "free-text", onsubmit: submit },
    make("label", { htmlFor: id, textContent: part.text }),
    area,
    make("div", { className: "line" }, count,
      make("button", { type: "submit", className: "main", textContent: "Send" })),
  );
}

function buttons(part, act) {
  return make(
    "div", { className: "buttons" },
    ...part.buttons.map((button) => press(button, button, act, button.label)),
  );
}

function facts(part) {
  const rows = part.rows.map(({ label, value }) =>
    make("div", {}, make("dt", { textContent: label }), make("dd", { textContent: value })));
  return make("dl", { className: "facts" }, ...rows);
}

function bars(part) {
  const lines = part.bars.map((bar) => {
    const filled = make("span", { className: "filled" });
    filled.style.inlineSize = `${Math.min(1, Math.max(0, bar.share)) * 100}%`;
    return make(
      "li", {},
      make("span", { className: "label", textContent: bar.label }),
      make("span", { className: "track", "aria-hidden": "true" }, filled),
      make("span", { className: "value", textContent: bar.text }),
    );
  });
  return make(
    "figure", { className: "bars" },
    make("figcaption", { textContent: part.text }),
    make("ul", {}, ...lines),
  );
}

function quote(part) {
  return make(
    "figure", { className: "quote" },
    make("blockquote", {}, make("p", { textContent: part.text })),
    part.about ? make("figcaption", { className: "small", textContent: part.about }) : null,
  );
}
