// The clock beside the chat: what it shows, and pushing it.

import * as api from "./api.js";
import { byId, make } from "./dom.js";

const buttons = () => document.querySelectorAll("[data-push]");
let zone = "UTC";

/** Shows instants in this person's zone from now on; UTC where the zone is not known. */
export function liveIn(wanted) {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: wanted });
    zone = wanted;
  } catch {
    zone = "UTC";
  }
}

const SHORT = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

/** An instant for people, e.g. "Tue 24 Nov, 10:00"; `style` is that of Intl.DateTimeFormat. */
export function spoken(iso, style = SHORT) {
  return new Intl.DateTimeFormat("en-GB", { ...style, timeZone: zone }).format(new Date(iso));
}

export async function showClock() {
  try {
    const { now, next } = await api.clock();
    const [date, time] = [spoken(now, { dateStyle: "full" }), spoken(now, { timeStyle: "short" })];
    byId("now").replaceChildren(make("strong", { textContent: time }), ` ${date}`);
    byId("now").dateTime = now;
    byId("zone").textContent = `Time zone: ${zone.replaceAll("_", " ")}`;
    byId("next").textContent = next ? `Next: ${spoken(next)}` : "Nothing is planned after this.";
  } catch (wrong) {
    byId("clock-problem").textContent = wrong.message;
  }
}

/** A message of this instant came: if that is later than what is shown, somebody else pushed. */
export function heardAt(iso) {
  if (new Date(iso) > new Date(byId("now").dateTime)) showClock();
}

export function wireClock() {
  for (const button of buttons()) button.onclick = () => pushClock(button.dataset.push);
}

async function pushClock(by) {
  if (byId("clock-said").textContent === BUSY) return;
  byId("clock-problem").textContent = "";
  busy(true);
  try {
    const { now } = await api.push(by === "next" ? { to: "next" } : { advance: by });
    await showClock();
    byId("clock-said").textContent = `It is now ${spoken(now)}.`;
  } catch (wrong) {
    byId("clock-said").textContent = "";
    byId("clock-problem").textContent = wrong.message;
  } finally {
    busy(false);
  }
}

const BUSY = "Time passes…";

// Not `disabled`: the button pressed would lose the focus.
function busy(is) {
  for (const button of buttons()) button.setAttribute("aria-disabled", String(is));
  if (is) byId("clock-said").textContent = BUSY;
}
