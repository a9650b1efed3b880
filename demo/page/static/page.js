"use strict";
// The page as a whole: asks once a second what has changed, and passes on what the visitor does.

const EVERY = 1000;
const page = document.body.dataset;
const byId = (id) => document.getElementById(id);
let stamp = "";
let looking = null;

async function refresh() {
  const asked = new URLSearchParams({ as: page.as, channel: page.channel, stamp });
  let answer;
  try {
    answer = await fetch(`now?${asked}`);
  } catch {
    byId("status").textContent = "The demo has stopped.";
    return;
  }
  if (answer.status !== 200) return;
  const shown = await answer.json();
  if (shown.as === page.as && (shown.channel === page.channel || !page.channel)) show(shown);
}

function show(shown) {
  stamp = shown.stamp;
  byId("date").textContent = shown.date;
  byId("time").textContent = shown.time;
  byId("status").textContent = shown.status;
  fill(byId("sidebar"), shown.sidebar);
  fill(byId("heading"), shown.heading);
  showMessages(shown);
  showModal(shown.modal);
  showLetters(shown.letters);
}

function showMessages(shown) {
  const list = byId("messages");
  const moved = looking !== `${shown.as} ${shown.channel}`;
  const atEnd = isAtEnd(list);
  const fresh = fillList(list, shown.messages);
  if (!moved) fresh.forEach((one) => greet(one, "New message"));
  if (moved || (fresh.length && atEnd)) list.scrollTop = list.scrollHeight;
  looking = `${shown.as} ${shown.channel}`;
}

function showLetters(letters) {
  const fresh = fillList(byId("letters"), letters);
  if (byId("letters").dataset.shown) fresh.forEach((one) => greet(one, "Letter from the council"));
  byId("letters").dataset.shown = "yes";
  byId("letter-count").textContent = letters.length;
  byId("no-letters").hidden = letters.length > 0;
}

/** Point out something new to eyes and to screen readers. */
function greet(element, what) {
  if (element.dataset.key.startsWith("day-")) return;
  element.classList.add("fresh");
  const headline = element.querySelector(".b-header, .subject, .line, p:not(.byline)");
  byId("told").textContent = `${what}: ${headline ? headline.textContent : ""}`;
}

function go(as, channel) {
  page.as = as;
  page.channel = channel;
  stamp = "";
  history.replaceState(null, "", `?${new URLSearchParams({ as, channel })}`);
  return refresh();
}

async function press(button) {
  if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
  const choice = button.hasAttribute("data-takes-choice") ? button.parentElement.querySelector("select") : null;
  if (choice && !choice.value) return choice.focus();
  const message = button.closest("[data-ts]");
  const near = message || button.closest("[data-view]");
  const where = message ? { ts: message.dataset.ts } : { view_id: near.dataset.view };
  const value = choice ? choice.value : button.dataset.value || null;
  button.disabled = true;
  const answer = await act("press", { ...where, action_id: button.dataset.press, value });
  button.disabled = false;
  warn(near, answer.warning);
  await refresh();
}

async function withButton(form, work) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  await work();
  button.disabled = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-press]");
  if (button) press(button);
  const entry = event.target.closest("button[data-channel]");
  if (entry) go(page.as, entry.dataset.channel).then(() => entry.dataset.channel === "home" && act("home", {}));
});

byId("officer").addEventListener("change", (event) => {
  go(event.target.value, ""); // their first channel: the last one looked at may not be theirs
});

byId("next-day").addEventListener("click", async (event) => {
  event.target.disabled = true;
  const answer = await act("next-day", {});
  event.target.disabled = false;
  await refresh();
  byId("told").textContent = answer.warning || `It is now ${byId("date").textContent}.`;
});

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const said = byId("said");
  if (!said.value.trim() || page.channel === "home") return;
  withButton(event.target, async () => {
    const answer = await act("say", { text: said.value });
    byId("told").textContent = answer.warning || "";
    said.value = "";
    await refresh();
  });
});

refresh();
setInterval(() => document.hidden || refresh(), EVERY);
