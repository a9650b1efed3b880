"use strict";
// The resident's side: write, start from a sample, reply to a letter of the council's, let one come back.

const WRITTEN = ["name", "address", "subject", "body"];
const LARGEST_FILE = 5_000_000;
let answers = "";

function write(letter) {
  for (const id of WRITTEN) if (letter[id] !== undefined) byId(id).value = letter[id];
}

/** From now on the form answers this letter, or none: as in a mail program, the subject and the address are filled in. */
function answer(letter) {
  answers = letter ? letter.letter : "";
  byId("answers").hidden = !letter;
  const replies = byId("replies");
  if (replies) replies.disabled = !letter;
  if (!letter) return;
  told("");
  byId("email").reset();
  byId("answers").querySelector("b").textContent = letter.subject;
  const subject = letter.subject.startsWith("Re:") ? letter.subject : `Re: ${letter.subject}`;
  write({ name: letter.name, address: letter.address, subject });
  byId("email").scrollIntoView({ block: "nearest" });
  byId("body").focus();
}

function told(text, isWrong) {
  byId("email-told").textContent = text;
  byId("email-told").classList.toggle("wrong", Boolean(isWrong));
}

function enclosed() {
  const file = byId("file").files[0];
  if (!file) return null;
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done({ name: file.name, type: file.type, content: reader.result.split(",")[1] || "" });
    reader.onerror = () => done(null);
    reader.readAsDataURL(file);
  });
}

byId("email").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const file = byId("file").files[0];
  if (file && file.size > LARGEST_FILE) return told("That file is too large for the demo: 5 MB at most.", true);
  const written = Object.fromEntries(WRITTEN.map((id) => [id, byId(id).value]));
  withButton(form, async () => {
    const { warning } = await act("email", { ...written, answers, file: await enclosed() });
    told(warning || "Sent. The council’s mailbox has it.", warning);
    if (!warning) {
      form.reset();
      answer(null);
    }
    await refresh();
  });
});

byId("answers").querySelector("button").addEventListener("click", () => {
  byId("email").reset();
  answer(null);
});

byId("letters").addEventListener("click", async (event) => {
  const near = event.target.closest("[data-letter]");
  if (!near) return;
  if (event.target.closest("[data-reply]")) answer(near.dataset);
  if (!event.target.closest("[data-send-back]")) return;
  event.target.disabled = true;
  const { warning } = await act("send-back", { letter: near.dataset.letter });
  told(warning || "A mail server has told the council that it did not arrive.", warning);
  await refresh();
});

const sample = byId("sample");
if (sample) {
  sample.addEventListener("change", () => {
    const isReply = sample.value.startsWith("reply");
    if (!isReply) answer(null);
    const chosen = sample.selectedOptions[0].dataset;
    write(isReply ? { body: chosen.body } : Object.fromEntries(WRITTEN.map((id) => [id, chosen[id] || ""])));
  });
}
