// The clock above the chats: what it shows, and pushing it.

import * as api from "./api.js";
import { byId, make } from "./dom.js";
import { happened, noteRounds, openNow } from "./rounds.js";

// “The next thing” may be a reminder on another continent, or an hour at which nobody asked to be
// asked again, so we go on until something is seen.
const MOST_PUSHES = 60;
const BUSY = "Time passes…";
const SHORT = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

const buttons = () => document.querySelectorAll("[data-push]");
let zone = "UTC";

/** A zone that this browser knows; UTC for one that it does not. */
export function known(wanted) {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: wanted });
    return wanted;
  } catch {
    return "UTC";
  }
}

/** An instant for people, e.g. "Tue 24 Nov, 10:00"; `style` is that of Intl.DateTimeFormat. */
export function spoken(iso, where = zone, style = SHORT) {
  return new Intl.DateTimeFormat("en-GB", { ...style, timeZone: where }).format(new Date(iso));
}

/** The clock shows this person's time from now on. */
export function liveIn(wanted) {
  zone = known(wanted);
}

export async function showClock() {
  try {
    const [{ now, next }, rounds] = await Promise.all([api.clock(), api.rounds()]);
    const [time, date] = [spoken(now, zone, { timeStyle: "short" }), spoken(now, zone, { dateStyle: "full" })];
    byId("now").replaceChildren(make("strong", { textContent: time }), ` ${date}`);
    byId("now").dateTime = now;
    byId("zone").textContent = `Time zone: ${zone.replaceAll("_", " ")}`;
    byId("rounds").replaceChildren(...openNow(rounds, spoken));
    noteRounds(rounds);
    byId("next").textContent = next ? "" : "Nothing is planned after this.";
  } catch (wrong) {
    byId("clock-problem").textContent = wrong.message;
  }
}

/** A message of this instant came: if that is later than what is shown, somebody else pushed. */
export function heardAt(iso) {
  if (new Date(iso) > new Date(byId("now").dateTime)) showClock();
}

/** `look()` brings the chats up to date; the sentences say what is new in them since `look.mark()`. */
export function wireClock(look) {
  for (const button of buttons()) button.onclick = () => pushClock(button.dataset.push, look);
}

async function pushClock(by, look) {
  if (byId("clock-said").textContent === BUSY) return;
  byId("clock-problem").textContent = "";
  busy(true);
  try {
    const told = await push(by, look);
    await showClock();
    const now = `It is now ${spoken(byId("now").dateTime)}.`;
    byId("clock-said").textContent = [now, ...told].join(" ");
  } catch (wrong) {
    byId("clock-said").textContent = "";
    byId("clock-problem").textContent = wrong.message;
  } finally {
    busy(false);
  }
}

/** What happened, in sentences. */
async function push(by, look) {
  const before = await api.rounds();
  look.mark();
  if (by !== "next") {
    await api.push({ advance: by });
    return seen(before, look);
  }
  for (let pushes = 0; pushes < MOST_PUSHES; pushes += 1) {
    await api.push({ to: "next" });
    const told = await seen(before, look);
    if (told.length || !(await api.clock()).next) return told;
  }
  return [];
}

async function seen(before, look) {
  return [...happened(before, await api.rounds()), ...(await look())];
}

// Not `disabled`: the button pressed would lose the focus.
function busy(is) {
  for (const button of buttons()) button.setAttribute("aria-disabled", String(is));
  if (is) byId("clock-said").textContent = BUSY;
}
