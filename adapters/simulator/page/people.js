// Who you are: everybody with an account, by what they may do.

import { byId, make } from "./dom.js";

const GROUPS = [
  ["Business users", (roles) => roles.length === 0],
  ["IT leads", (roles) => roles.length > 0 && !roles.includes("admin")],
  ["Admins", (roles) => roles.includes("admin")],
];
// A company may have thousands: so many of each group at first, and so many of those found.
const SHOWN = 3;
const SHOWN_FOUND = 50;

/** Draws the list for what is searched for; `choose` is called with the person picked. */
export function listPeople(everybody, searched, chosen, choose) {
  const words = searched.toLowerCase().split(/\s+/);
  const found = everybody.filter((person) => matches(person, words));
  const most = searched ? SHOWN_FOUND : SHOWN;
  const draw = (person) => row(person, chosen, choose);
  const groups = GROUPS.map(([title, belongs]) => {
    const members = found.filter((person) => belongs(person.roles));
    return members.length ? group(title, shown(members, most, chosen), members.length, draw) : null;
  });
  byId("people").replaceChildren(...groups.filter(Boolean));
  byId("found").textContent = searched ? `${found.length} of ${everybody.length} people` : "";
}

function matches(person, words) {
  const text = `${person.name} ${person.unit} ${person.email}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The first few, and whoever is chosen. */
const shown = (members, most, chosen) =>
  members.filter((person, n) => n < most || person.id === chosen?.id);

function group(title, members, of, draw) {
  const rest = of - members.length;
  return make(
    "section", {},
    make("h3", { textContent: title }),
    make("ul", {}, ...members.map(draw)),
    rest > 0 ? make("p", { className: "small", textContent: `and ${rest} more: search for them` }) : null,
  );
}

function row(person, chosen, choose) {
  const button = make(
    "button",
    {
      type: "button", className: "person", onclick: () => choose(person),
      "aria-current": person.id === chosen?.id ? "true" : null,
    },
    face(person),
    make("span", { className: "name", textContent: person.name }),
    make("span", { className: "small", textContent: person.unit }),
  );
  return make("li", {}, button);
}

/** Initials on a disc; the name beside it says the same, so it is not read out. */
export function face(person) {
  const words = person.name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => (w ?? "").slice(0, 1));
  return make("span", { className: "face", "aria-hidden": "true", textContent: initials.join("") });
}
