// The page as a whole: who you are, your chat, the clock.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { liveIn, showClock, wireClock } from "./clock.js";
import { byId } from "./dom.js";
import { listPeople } from "./people.js";

let everybody = [];
let me = null;
let chat = null;

const narrow = matchMedia("(max-width: 46rem)");

function redrawPeople() {
  listPeople(everybody, byId("search").value.trim(), me, (person) => {
    location.hash = person.id;
    if (person.id === me?.id) showChoice(false);
  });
}

// The address names who you are, so that a reload or a second tab keeps it.
async function chosen() {
  const person = everybody.find((each) => each.id === location.hash.slice(1));
  if (!person || person.id === me?.id) return;
  me = person;
  liveIn(person.zone);
  showWho();
  redrawPeople();
  showClock();
  chat?.close();
  chat = new Chat(person.id, everybody);
  byId("announced").replaceChildren();
  try {
    await chat.open();
  } catch (wrong) {
    byId("composer-problem").textContent = wrong.message;
  }
  byId(narrow.matches ? "change" : "typed").focus({ preventScroll: true });
}

function showWho() {
  document.title = `${me.name} · ITPulse demo`;
  byId("chat-title").textContent = `Chat of ${me.name} with ITPulse`;
  byId("change").textContent = `You are ${me.name}, ${me.unit}`;
  byId("change").hidden = false;
  byId("welcome").hidden = true;
  byId("messages").hidden = false;
  byId("composer").hidden = false;
  byId("composer-problem").textContent = "";
  showChoice(false);
}

/** On a narrow screen the list folds away once somebody is chosen. */
function showChoice(open) {
  byId("change").setAttribute("aria-expanded", String(open));
  byId("people-choice").classList.toggle("folded", !open);
}

async function say(text) {
  const wrong = byId("composer-problem");
  wrong.textContent = "";
  try {
    const turn = await chat.turn({ text });
    wrong.textContent = turn.refusal ?? "";
    return !turn.refusal;
  } catch (failed) {
    wrong.textContent = failed.message;
    return false;
  }
}

let saying = false;

async function sendTyped(event) {
  event.preventDefault();
  const text = byId("typed").value.trim();
  if (!text || saying) return;
  saying = true;
  if (await say(text)) byId("typed").value = "";
  saying = false;
}

function wire() {
  byId("search").oninput = redrawPeople;
  byId("change").onclick = () => showChoice(byId("change").getAttribute("aria-expanded") !== "true");
  byId("composer").onsubmit = sendTyped;
  for (const word of document.querySelectorAll("[data-word]")) word.onclick = () => say(word.dataset.word);
  // The card that opened a dialog may have been drawn anew since.
  byId("dialog").onclose = () => {
    if (document.activeElement === document.body) byId("messages").focus({ preventScroll: true });
  };
  // The address is taken by who you are.
  document.querySelector(".skip").onclick = (event) => {
    event.preventDefault();
    byId("chat").focus();
  };
  addEventListener("hashchange", chosen);
  wireClock();
}

async function begin() {
  wire();
  showClock();
  try {
    everybody = await api.people();
    redrawPeople();
    await chosen();
  } catch (wrong) {
    byId("found").textContent = wrong.message;
  }
}

begin();
