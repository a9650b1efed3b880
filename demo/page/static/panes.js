"use strict";
// Puts what the server drew into the page, and touches only what has changed, so that focus and scrolling stay.
// The server escapes every text; the page's policy lets no script run but these files.

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content;
}

const drawn = new WeakMap();

/** Replace the content of `place` if it differs; keep the focus on the same control. */
function fill(place, html) {
  if (drawn.get(place) === html) return;
  drawn.set(place, html);
  const held = focusMark(place);
  place.replaceChildren(fragment(html));
  restoreFocus(place, held);
}

function focusMark(place) {
  const focused = document.activeElement;
  if (!place.contains(focused)) return null;
  for (const name of ["data-press", "data-channel", "data-choice"]) {
    if (focused.hasAttribute(name)) return `[${name}="${CSS.escape(focused.getAttribute(name))}"]`;
  }
  return focused === place ? null : "button, a, summary";
}

function restoreFocus(place, mark) {
  if (mark) (place.querySelector(mark) || document.getElementById("messages")).focus();
}

/** Make the children of `place` those listed, by key. Returns the elements that are new. */
function fillList(place, items) {
  const before = new Map([...place.children].map((child) => [child.dataset.key, child]));
  const fresh = [];
  items.forEach((item, index) => {
    let child = before.get(item.key);
    if (!child) {
      child = document.createElement("div");
      child.dataset.key = item.key;
      fresh.push(child);
    }
    before.delete(item.key);
    fill(child, item.html);
    if (place.children[index] !== child) place.insertBefore(child, place.children[index] || null);
  });
  before.forEach((gone) => gone.remove());
  return fresh;
}

function isAtEnd(scroller) {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
}

/** Post an act; what could not be done comes back as `warning`. */
async function act(name, sent) {
  const page = document.body.dataset;
  try {
    const answer = await fetch(`do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: page.as, channel: page.channel, ...sent }),
    });
    if (!answer.ok) return { warning: "That went wrong in the demo. See its log." };
    return await answer.json();
  } catch {
    return { warning: "The demo is not running any more." };
  }
}

/** Show or clear the warning nearest to what was pressed. */
function warn(near, text) {
  const spot = near.querySelector(".not-heard");
  if (!spot) return;
  spot.textContent = text || "";
  spot.hidden = !text;
}
