// The page as a whole: the welcome, one or two seats, the clock.

import * as api from "./api.js";
import { liveIn, showClock, wireClock } from "./clock.js";
import { byId, make } from "./dom.js";
import { pair, picker, suggested } from "./people.js";
import { Seat } from "./seat.js";
import { wordsFor } from "./words.js";

const MOST_SEATS = 2;

let everybody = [];
let words = [];
/** The seats taken, from left to right. */
let seats = [];
/** On a narrow screen one seat is shown at a time. */
let front = 0;

const seated = () => seats.map((seat) => seat.person);
const narrow = matchMedia("(max-width: 60rem)");

// The address names who sits where, so that a reload or a second tab keeps it.
function sit(people) {
  location.hash = people.map((person) => person.id).join(",");
}

async function arrange() {
  const ids = [...new Set(location.hash.slice(1).split(","))].slice(0, MOST_SEATS);
  const wanted = ids.map((id) => everybody.find((each) => each.id === id)).filter(Boolean);
  const kept = new Map(seats.map((seat) => [seat.person.id, seat]));
  const before = seats;
  seats = wanted.map((person) => kept.get(person.id) ?? newSeat(person));
  const fresh = seats.filter((seat) => !before.includes(seat));
  for (const seat of before) if (!seats.includes(seat)) seat.chat.close();
  front = Math.max(0, fresh.length === 1 ? seats.indexOf(fresh[0]) : Math.min(front, seats.length - 1));
  show();
  await Promise.all(fresh.map((seat) => seat.open()));
  if (fresh.length) focusOn(fresh[0]);
}

function newSeat(person) {
  return new Seat(person, everybody, wordsFor(person, words), {
    change: (seat) => choose("Be somebody else", (other) =>
      sit(seated().map((each) => (each === seat.person ? other : each)))),
    leave: (seat) => sit(seated().filter((each) => each !== seat.person)),
    arrived: (seat) => marked(seat),
  });
}

function show() {
  const taken = seats.length > 0;
  document.title = [...seated().map(({ name }) => name), "ITPulse demo"].join(" · ");
  byId("welcome").hidden = taken;
  byId("home").hidden = !taken;
  byId("seats").hidden = !taken;
  place(byId("seats"), [...seats.map((seat) => seat.node), ...(seats.length === 1 ? [invitation()] : [])]);
  byId("seats").classList.toggle("two", seats.length === MOST_SEATS);
  liveIn((seats[0]?.person ?? suggested(everybody)[0])?.zone ?? "UTC");
  showClock();
  showSwitch();
  if (!taken) drawWelcome();
}

/** Whoever stays where they are is not touched: moved, a chat would be scrolled to its beginning. */
function place(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

/** Beside a single chat: see the other side too. */
function invitation() {
  const beside = (person) => sit([...seated(), person]);
  return make(
    "button",
    { type: "button", className: "beside", onclick: () => choose("Who sits beside?", beside) },
    "Put a second person beside, to see cause and effect",
  );
}

function showSwitch() {
  byId("switch").hidden = seats.length < MOST_SEATS;
  byId("switch").replaceChildren(...seats.map((seat, at) => make("button", {
    type: "button", "aria-pressed": String(at === front), textContent: seat.person.name,
    onclick: () => bringToFront(at),
  })));
  seats.forEach((seat, at) => seat.node.classList.toggle("behind", at !== front));
}

function bringToFront(at) {
  front = at;
  showSwitch();
  byId("switch").children[at].focus();
  seats[at].chat.toTheEnd();
}

/** Something new came to a chat that is not in front. */
function marked(seat) {
  const at = seats.indexOf(seat);
  if (at !== front && byId("switch").children[at]) {
    byId("switch").children[at].replaceChildren(seat.person.name, make("span", { className: "new", textContent: "new" }));
  }
}

function focusOn(seat) {
  if (narrow.matches) seat.node.querySelector(".change").focus({ preventScroll: true });
  else seat.typed.focus({ preventScroll: true });
}

function choose(title, picked) {
  const dialog = byId("choice");
  const heading = make("h2", { id: "choice-title", textContent: title });
  const done = (person) => {
    dialog.close();
    picked(person);
  };
  const close = make("button", { type: "button", textContent: "Cancel", onclick: () => dialog.close() });
  dialog.replaceChildren(
    make("div", { className: "picker" }, ...picker(everybody, seated(), heading, done)),
    make("div", { className: "line end" }, close),
  );
  dialog.showModal();
}

function drawWelcome() {
  const heading = make("h2", { textContent: "Who do you want to be?" });
  byId("picker").replaceChildren(...picker(everybody, [], heading, (person) => sit([person])));
  const both = pair(everybody);
  byId("pair").hidden = !both;
  if (!both) return;
  byId("pair").textContent = "Start: a clerk and the IT lead, side by side";
  byId("pair").onclick = () => sit(both);
}

/** Brings the chats up to date and says in whose there is something new. */
async function look() {
  await Promise.all(seats.map((seat) => seat.chat.catchUp()));
  return seats
    .filter((seat) => seat.chat.newest > seat.seen)
    .map((seat) => `A message for ${seat.person.name}.`);
}
look.mark = () => seats.forEach((seat) => { seat.seen = seat.chat.newest; });

function wire() {
  byId("home").onclick = () => {
    sit([]);
    byId("main").focus();
  };
  byId("choice").onclose = () => byId("choice").replaceChildren();
  // The address is taken by who sits where.
  document.querySelector(".skip").onclick = (event) => {
    event.preventDefault();
    byId("main").focus();
  };
  addEventListener("hashchange", arrange);
  wireClock(look);
}

async function begin() {
  wire();
  try {
    [everybody, words] = await Promise.all([api.people(), api.words()]);
    const units = new Set(everybody.map(({ unit }) => unit)).size;
    byId("company").textContent = everybody.some(({ part }) => part)
      ? `${everybody.length} people in ${units} units, on three continents. Every two weeks their IT asks how things are going. Half a year of it has been played: the VPN broke and was mended, one division got new laptops, one unit was forgotten. Now it is your turn.`
      : `${everybody.length} people in ${units} units. Choose one, and see what ITPulse asks and tells them.`;
    show();
    await arrange();
  } catch (wrong) {
    byId("company").textContent = wrong.message;
  }
}

begin();
