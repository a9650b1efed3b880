"use strict";
// The modal on top: opened, filled in, refused, closed.

const dialog = document.getElementById("modal");

function showModal(modal) {
  if (!modal) {
    dialog.dataset.key = "";
    if (dialog.open) dialog.close();
    return;
  }
  if (dialog.dataset.key === modal.key) return;
  dialog.dataset.key = modal.key;
  dialog.replaceChildren(fragment(modal.html));
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("[data-field]");
  if (first) first.focus();
}

function valueOf(block) {
  const fields = [...block.querySelectorAll("[data-field]")];
  const kind = block.dataset.kind;
  if (kind === "checkboxes") return fields.filter((one) => one.checked).map((one) => one.value);
  if (kind === "radio_buttons") return (fields.find((one) => one.checked) || { value: null }).value;
  if (kind === "multi_static_select") return [...fields[0].selectedOptions].map((one) => one.value);
  return fields[0].value || (kind.startsWith("plain") ? "" : null);
}

function values() {
  const filled = {};
  dialog.querySelectorAll("[data-block][data-kind]").forEach((block) => {
    const field = block.querySelector("[data-field]");
    if (field) filled[block.dataset.block] = { [field.dataset.field]: valueOf(block) };
  });
  return filled;
}

function showErrors(errors) {
  let first = null;
  dialog.querySelectorAll("[data-block][data-kind]").forEach((block) => {
    const text = errors[block.dataset.block];
    const spot = block.querySelector(".error");
    block.classList.toggle("wrong", Boolean(text));
    spot.hidden = !text;
    spot.textContent = text || "";
    const field = block.querySelector("[data-field]");
    if (field) field.setAttribute("aria-invalid", text ? "true" : "false");
    if (text && !first) first = field;
  });
  if (first) first.focus();
}

function missing() {
  const errors = {};
  dialog.querySelectorAll("[data-block][data-required]").forEach((block) => {
    const value = valueOf(block);
    if (value === null || value.length === 0) errors[block.dataset.block] = "Please complete this field.";
  });
  return errors;
}

async function submitModal(form) {
  const unfilled = missing();
  showErrors(unfilled);
  if (Object.keys(unfilled).length) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await act("submit", { view_id: form.dataset.view, values: values() });
  button.disabled = false;
  warn(form, answer.warning);
  showErrors(answer.errors || {});
  await refresh();
}

async function closeModal() {
  const form = dialog.querySelector("form");
  if (form) await act("close", { view_id: form.dataset.view });
  await refresh();
}

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  submitModal(event.target);
});
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  closeModal();
});
dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) closeModal();
});
