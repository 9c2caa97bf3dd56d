/* The editor's one convenience: a chosen figure goes where the caret stood. Without script the form itself puts it at 【】. */
addEventListener("click", (e) => {
  const chosen = e.target.closest("[data-insert]"), text = document.getElementById("text");
  if (!chosen || !text) return;
  e.preventDefault();
  const chip = chosen.dataset.insert, blank = text.value.indexOf("【】");
  const from = blank < 0 ? text.selectionStart : blank, to = blank < 0 ? text.selectionEnd : blank + 2;
  text.setRangeText(chip, from, to, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
