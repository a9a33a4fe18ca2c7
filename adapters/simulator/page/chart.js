// A line over time as inline SVG. What can be opened below it says the same in words.

import { fresh, make } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 520;
const HEIGHT = 220;
// Room for “-100” in the letters of a narrow screen.
const LEFT = 60;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 32;

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function chart(part) {
  const id = fresh("chart");
  const picture = draw(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": part.title, "aria-describedby": id },
    ...grid(part), ...names(part), ...part.series.flatMap((line, n) => drawLine(part, line, n)),
  );
  return make(
    "figure", { className: "chart" },
    make("figcaption", { textContent: part.title }),
    picture,
    part.series.length > 1 ? legend(part) : null,
    make(
      "details", { className: "small" },
      make("summary", { textContent: "In words" }),
      make("p", { id, textContent: part.text }),
    ),
  );
}

const x = (part, n) => {
  const steps = Math.max(1, part.categories.length - 1);
  return part.categories.length > 1 ? LEFT + (n / steps) * (WIDTH - LEFT - RIGHT) : WIDTH / 2;
};
const y = (part, value) => {
  const height = (part.high - part.low) || 1;
  return TOP + (1 - (value - part.low) / height) * (HEIGHT - TOP - BOTTOM);
};

function grid(part) {
  const span = part.high - part.low;
  // In steps that are whole numbers, where there are such.
  const steps = span % 4 && !(span % 3) ? 3 : 4;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const value = part.low + (step / steps) * span;
    const at = y(part, value);
    const text = draw("text", { x: LEFT - 8, y: at + 4, "text-anchor": "end" });
    text.textContent = value.toLocaleString("en", { maximumFractionDigits: 2 });
    return [draw("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at }), text];
  }).flat();
}

// Only so many names fit below; the last one always has its place.
function names(part) {
  const last = part.categories.length - 1;
  const every = Math.ceil(part.categories.length / 5);
  return part.categories.flatMap((name, n) => {
    if ((last - n) % every) return [];
    const text = draw("text", { x: x(part, n), y: HEIGHT - 8, "text-anchor": anchor(n, last) });
    text.textContent = name;
    return [text];
  });
}

const anchor = (n, last) => (n === last && last > 0 ? "end" : n === 0 && last > 0 ? "start" : "middle");

// A value that may not be shown leaves a gap.
function drawLine(part, line, n) {
  const strokes = [];
  let path = "";
  line.values.forEach((value, at) => {
    if (value === null) path = finished(path, n, strokes);
    else path += `${path ? "L" : "M"}${x(part, at)} ${y(part, value)}`;
  });
  finished(path, n, strokes);
  const dots = line.values.flatMap((value, at) =>
    value === null ? [] : [draw("circle", { class: `line-${n % 4}`, cx: x(part, at), cy: y(part, value), r: 4 })]);
  return [...strokes, ...dots, ...newest(part, line)];
}

// Where a line has got to, as a number on the side that the line does not come from. With several
// lines the numbers would lie on each other.
function newest(part, line) {
  const at = line.values.findLastIndex((value) => value !== null);
  if (at < 0 || part.series.length > 1) return [];
  const isFalling = at > 0 && line.values[at] < (line.values[at - 1] ?? line.values[at]);
  const place = y(part, line.values[at]);
  const above = (!isFalling || place > HEIGHT - BOTTOM - 28) && place > TOP + 28;
  const text = draw("text", {
    class: "newest", x: x(part, at), y: place + (above ? -12 : 24), "text-anchor": anchor(at, part.categories.length - 1),
  });
  text.textContent = line.values[at].toLocaleString("en", { maximumFractionDigits: part.high > 1 ? 1 : 2 });
  return [text];
}

function finished(path, n, strokes) {
  if (path) strokes.push(draw("path", { class: `line-${n % 4}`, d: path }));
  return "";
}

function legend(part) {
  const lines = part.series.map((line, n) => {
    const swatch = draw("svg", { viewBox: "0 0 28 10", width: 28, height: 10, "aria-hidden": "true" },
      draw("path", { class: `line-${n % 4}`, d: "M0 5L28 5" }));
    return make("li", {}, swatch, line.label);
  });
  return make("ul", { className: "legend" }, ...lines);
}
