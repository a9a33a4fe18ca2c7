// A form in a dialog. A form may be answered by another one, which takes its place.

import { byId, fresh, make, problem } from "./dom.js";

// So many options still fit on one screen as radio buttons.
const AS_RADIOS = 6;

/** `send(values)` gives the turn: errors and refusal keep the dialog open, a form replaces it.
 * `after` gets the focus where what opened the dialog is no longer there. */
export function openForm(form, people, send, after) {
  const dialog = byId("dialog");
  const fields = form.fields.map((field) => ({ field, ...FIELDS[field.kind](field, people) }));
  const wrong = problem();
  const lines = fields.map((drawn) => withProblem(drawn));
  const submit = async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    for (const drawn of fields) tell(drawn, "");
    const values = Object.fromEntries(fields.map((drawn) => [drawn.field.id, drawn.value()]));
    try {
      answered(await send(values), dialog, fields, wrong);
    } catch (failed) {
      wrong.textContent = failed.message;
    }
  };
  dialog.replaceChildren(make(
    "form", { onsubmit: submit },
    make("h2", { id: "dialog-title", textContent: form.text }),
    ...lines,
    wrong,
    make(
      "div", { className: "line end" },
      make("button", { type: "button", textContent: "Cancel", onclick: () => dialog.close() }),
      make("button", { type: "submit", className: "main", textContent: form.send }),
    ),
  ));
  // The card that opened the dialog may have been drawn anew since.
  dialog.onclose = () => {
    if (document.activeElement === document.body) after.focus({ preventScroll: true });
  };
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  fields[0].first.focus();
}

function answered(turn, dialog, fields, wrong) {
  const told = fields.filter(({ field }) => turn.errors[field.id]);
  for (const drawn of told) tell(drawn, turn.errors[drawn.field.id]);
  const others = Object.entries(turn.errors).filter(([id]) => !told.some(({ field }) => field.id === id));
  wrong.textContent = turn.refusal ?? others.map(([, sentence]) => sentence).join(" ");
  told[0]?.first.focus();
  if (!turn.form && !turn.refusal && !Object.keys(turn.errors).length) dialog.close();
}

function withProblem(drawn) {
  drawn.problem = problem();
  drawn.problem.id = fresh("problem");
  drawn.node.append(drawn.problem);
  return drawn.node;
}

function tell({ first, problem: said, field }, sentence) {
  said.textContent = sentence;
  first.setAttribute("aria-invalid", String(Boolean(sentence)));
  const hint = field.hint ? `${first.dataset.hint} ` : "";
  first.setAttribute("aria-describedby", hint + said.id);
}

const FIELDS = {
  text: (field) => typed(field, make("input", { type: "text" })),
  long_text: (field) => typed(field, make("textarea", { rows: field.required ? 4 : 2 })),
  date: (field) => typed(field, make("input", { type: "date" }), (text) => text || null),
  time: (field) => typed(field, make("input", { type: "time" }), (text) => text || null),
  number: (field) =>
    typed(field, make("input", { type: "number", step: "any" }), (text) => (text ? Number(text) : null)),
  choice: (field) => (field.options.length > AS_RADIOS ? dropdown(field, field.options) : radios(field, field.options)),
  choices: (field) => boxes(field),
  yes_no: (field) => radios(field, [{ value: true, label: "Yes" }, { value: false, label: "No" }]),
  person: (field, people) =>
    dropdown(field, people.map((p) => ({ value: p.id, label: `${p.name} (${p.unit})` }))),
};

function typed(field, control, read = (text) => text) {
  control.id = fresh("field");
  control.required = field.required;
  control.value = field.value ?? "";
  const label = make("label", { htmlFor: control.id }, ...labelled(field));
  const node = make("div", { className: "field" }, label, hint(field, control), control);
  return { node, first: control, value: () => read(control.value) };
}

function dropdown(field, options) {
  const choices = options.map((option, n) =>
    make("option", { value: n, textContent: option.label, selected: option.value === field.value }));
  const empty = make("option", { value: "", textContent: "Please choose" });
  const control = make("select", {}, empty, ...choices);
  const start = options.findIndex((option) => option.value === field.value);
  const drawn = typed({ ...field, value: start < 0 ? "" : start }, control);
  return { ...drawn, value: () => (control.value === "" ? null : options[Number(control.value)].value) };
}

function radios(field, options) {
  const name = fresh("field");
  const dots = options.map((option) =>
    make("input", { type: "radio", name, required: field.required, checked: option.value === field.value }));
  const picked = () => options.find((_, n) => dots[n].checked)?.value ?? null;
  return { node: group(field, options, dots), first: dots[0], value: picked };
}

function boxes(field) {
  const ticks = field.options.map((option) =>
    make("input", { type: "checkbox", checked: (field.value ?? []).includes(option.value) }));
  const picked = () => field.options.filter((_, n) => ticks[n].checked).map((option) => option.value);
  return { node: group(field, field.options, ticks), first: ticks[0], value: picked };
}

function group(field, options, controls) {
  const lines = options.map((option, n) => make("label", {}, controls[n], option.label));
  return make(
    "fieldset", { className: "field" },
    make("legend", {}, ...labelled(field)),
    hint(field, controls[0]),
    make("div", { className: "boxes" }, ...lines),
  );
}

function labelled(field) {
  return [field.label, field.required ? null : make("span", { className: "small", textContent: " (optional)" })]
    .filter(Boolean);
}

function hint(field, control) {
  if (!field.hint) return null;
  const id = fresh("hint");
  control.dataset.hint = id;
  control.setAttribute("aria-describedby", id);
  return make("p", { id, className: "small", textContent: field.hint });
}
