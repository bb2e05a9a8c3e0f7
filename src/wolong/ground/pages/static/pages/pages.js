// What the pages gain from script: keys, the drawer, picked rows, dialogs, focus after a swap. Nothing here is needed to work.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
document.documentElement.classList.add("wl-scripted");

// theme: follow the system until somebody chooses; the form beside it does the same without script
const root = document.documentElement;
const isDark = () =>
  root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]")) return;
  event.preventDefault();
  const theme = isDark() ? "light" : "dark";
  root.dataset.bsTheme = theme;
  const body = new FormData(event.target);
  body.set("theme", theme);
  fetch(event.target.action, { method: "POST", body, redirect: "manual" });
});

// drawer
const side = $("#wl-side");
function drawer(open) {
  if (!side) return;
  side.classList.toggle("wl-open", open);
  if (open) $("a[aria-current], a:not(.wl-brand)", side)?.focus();
  else $("[data-open-side]")?.focus();
}
// a dialog that is named by what opens it
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  return true;
}

// asking before it goes: one dialog for buttons, links and htmx
let agreed = null;
function ask(sentence, then) {
  const dialog = $("#wl-confirm");
  if (!dialog) return then();
  $("#wl-confirm-text").textContent = sentence;
  dialog.onclose = () => dialog.returnValue === "yes" && then();
  dialog.returnValue = "";
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("a, button, tr[data-href], summary");
  for (const open of $$("details.wl-drop[open]")) if (!open.contains(event.target)) open.open = false;
  if (!target) return;
  if (target.dataset.confirm && agreed !== target) {
    event.preventDefault();
    event.stopPropagation();
    ask(target.dataset.confirm, () => {
      agreed = target;
      target.click();
      agreed = null;
    });
    return;
  }
  if (target.matches("[data-open-side]")) { event.preventDefault(); drawer(true); }
  else if (target.matches("[data-close-side]")) { if (side?.classList.contains("wl-open")) { event.preventDefault(); drawer(false); } }
  else if (target.dataset.openDialog) { if (openDialog(target.dataset.openDialog)) event.preventDefault(); }
  else if (target.matches("[data-print]")) print();
  else if (target.dataset.picture) import(target.dataset.picture).then((figures) => figures.save(target));
  else if (target.matches("[data-close-act]")) { event.preventDefault(); $("#wl-act").replaceChildren(); $("#wl-next [data-focus]")?.focus(); }
  else if (target.dataset.zoom) zoom(target);
  else if (target.matches("[data-pick-none]")) pickAll(false);
  else if (target.matches("tr[data-href]") && !event.target.closest("a, button, input, label") && !String(getSelection())) open(target, event);
}, true);

function open(row, event) {
  if (event?.ctrlKey || event?.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}

function zoom(button) {
  const pair = $(".wl-zoom-pair", button.closest("dialog"));
  pair.dataset.zoomLevel = Math.min(2, Math.max(0, Number(pair.dataset.zoomLevel) + Number(button.dataset.zoom)));
}
// both pictures show the same place
document.addEventListener("scroll", (event) => {
  const box = event.target;
  if (!box.classList?.contains("wl-zoom-box")) return;
  for (const other of $$(".wl-zoom-box", box.closest(".wl-zoom-pair")))
    if (other !== box) { other.scrollLeft = box.scrollLeft; other.scrollTop = box.scrollTop; }
}, true);

// picked rows
const picks = () => $$("input[name=pick]");
function pickAll(on) {
  for (const box of picks()) box.checked = on;
  counted();
}
function counted() {
  const all = picks();
  const number = all.filter((box) => box.checked).length;
  const bar = $("[data-bulk]");
  if (!bar) return;
  bar.hidden = number === 0;
  const label = $("[data-picked]", bar);
  label.textContent = label.dataset.template.replace("#", number);
  const master = $("[data-pick-all]");
  if (master) { master.checked = number > 0 && number === all.length; master.indeterminate = number > 0 && number < all.length; }
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) pickAll(event.target.checked);
  else if (event.target.name === "pick") counted();
});
counted();
addEventListener("pageshow", counted);

// keys
let waitsForPlace = 0;
let cursor = -1;
const rows = () => $$("[data-rows] tbody tr, ul[data-rows] > li");
function move(step) {
  const all = rows();
  if (!all.length) return;
  all[cursor]?.classList.remove("wl-cursor");
  cursor = Math.min(all.length - 1, Math.max(0, cursor + step));
  const row = all[cursor];
  row.classList.add("wl-cursor");
  row.scrollIntoView({ block: "nearest" });
  ($("a", row) ?? $("input", row))?.focus({ preventScroll: true });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (side?.classList.contains("wl-open")) return drawer(false);
    for (const open of $$("details.wl-drop[open]")) { open.open = false; $("summary", open).focus(); }
    if (!$("dialog[open]") && picks().some((box) => box.checked)) pickAll(false);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (Date.now() - waitsForPlace < 1500) {
    waitsForPlace = 0;
    const place = $(`.wl-side [data-key="${CSS.escape(key)}"]`);
    if (place) { event.preventDefault(); place.click(); }
    return;
  }
  if (key === "/") { const box = $("#wl-q"); if (box?.offsetParent) { event.preventDefault(); box.focus(); box.select(); } }
  else if (key === "?") { if (openDialog("wl-help")) event.preventDefault(); }
  else if (key === "g") waitsForPlace = Date.now();
  else if (key === "j" || key === "k") { event.preventDefault(); move(key === "j" ? 1 : -1); }
  else if (key === "enter" && cursor >= 0 && !event.target.closest("button, summary")) {
    const row = rows()[cursor];
    if (row?.dataset.href) { event.preventDefault(); open(row); }
  } else if (key === " " && cursor >= 0 && !event.target.closest("button, summary, input")) {
    const box = $("input[name=pick]", rows()[cursor]);
    if (box) { event.preventDefault(); box.checked = !box.checked; counted(); }
  }
});

// htmx: own dialog for hx-confirm, skeleton after 300 ms, a sentence when nothing comes, focus where the news is
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, () => event.detail.issueRequest(true));
});
const waiting = new WeakMap();
document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  waiting.set(event.detail.xhr, setTimeout(() => {
    target.setAttribute("aria-busy", "true");
    if (target.id === "wl-act" && !target.firstElementChild) target.replaceChildren($("#wl-skeleton").content.cloneNode(true));
  }, 300));
});
document.addEventListener("htmx:afterRequest", (event) => {
  clearTimeout(waiting.get(event.detail.xhr));
  event.detail.target?.removeAttribute("aria-busy");
});
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
  document.addEventListener(failure, (event) => {
    const target = event.detail.target;
    if (event.detail.boosted || target.id === "wl-list") return location.assign(event.detail.pathInfo.finalRequestPath);
    const note = $("#wl-offline").content.cloneNode(true);
    if (target.id === "wl-act" || target.matches("section")) target.replaceChildren(note);
  });
document.addEventListener("htmx:afterSettle", (event) => {
  const where = event.detail.target;
  const changed = event.detail.requestConfig?.verb === "post";
  const place = $("[data-focus]", where) ?? (changed ? $("#wl-next [data-focus]") : null);
  if (where.id === "wl-act" || changed) place?.focus();
  cursor = -1;
  counted();
  $("#wl-next [data-focus]") && changed && ($("#wl-live").textContent = $("#wl-next [data-focus]").textContent);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && form.method === "post" && !form.matches("[hx-post], .wl-list-form, [data-theme-form]")) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// a summary of errors takes the focus when the page comes with it
$(".wl-main > .wl-act .wl-errs[data-focus], .wl-list > .wl-errs[data-focus], .wl-door-in .wl-errs[data-focus], .wl-pbody .wl-errs[data-focus]")?.focus();
// the present bead stands second from the left
const here = $(".wl-thread .wl-here") ?? $$(".wl-thread .wl-cutoff").at(-1);
if (here) here.closest(".wl-thread").scrollLeft = here.offsetLeft - 124;

// the measured value is judged while it is typed: the form names the address that judges, the answer is the drawing
let timer = 0;
document.addEventListener("input", (event) => {
  const input = event.target.closest("[data-judge]");
  if (!input) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const address = new URL(input.dataset.judge, location.href);
    address.searchParams.set("value", input.value);
    const answer = await fetch(address, { headers: { "X-Requested-With": "judge" } }).catch(() => null);
    if (!answer?.ok) return;
    const place = document.getElementById(input.dataset.judgeInto);
    place.innerHTML = await answer.text();
    const verdict = $("[data-verdict]", place)?.dataset.verdict;
    const choice = verdict && $(`input[type=radio][value="${CSS.escape(verdict)}"]`, input.form);
    if (choice && !input.form.dataset.chosen) choice.checked = true;
  }, 150);
});
document.addEventListener("change", (event) => {
  if (event.isTrusted && event.target.matches(".wl-tri input") && event.target.form) event.target.form.dataset.chosen = "1";
});

// a photograph just taken is seen before it is sent
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches(".wl-addp input[type=file]")) return;
  const box = input.closest(".wl-addp");
  for (const old of $$("img[data-taken]", box.parentElement)) { URL.revokeObjectURL(old.src); old.remove(); }
  for (const file of input.files) {
    const image = document.createElement("img");
    image.dataset.taken = "";
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    box.before(image);
  }
});
