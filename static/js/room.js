/* The meeting on the wall by keyboard: J/K or arrows move, 1..9 tick an agency, space ticks the lead, N writes. */
(function () {
  "use strict";
  var isOn = true;
  var place = -1;
  var toggle = document.querySelector("[data-room-toggle]");
  function lines() { return Array.prototype.slice.call(document.querySelectorAll("[data-room-line]")); }

  if (toggle) toggle.addEventListener("click", function () {
    isOn = !isOn;
    toggle.setAttribute("aria-pressed", String(isOn));
    toggle.textContent = isOn ? toggle.dataset.on : toggle.dataset.off;
  });

  // The line that holds the focus, else the one that held it last.
  function here(all) {
    var held = all.findIndex(function (line) { return line.contains(document.activeElement); });
    return held >= 0 ? held : place;
  }

  function move(step) {
    var all = lines();
    if (!all.length) return;
    place = Math.max(0, Math.min(all.length - 1, here(all) + step));
    all[place].focus();
    all[place].scrollIntoView({ block: "nearest" });
  }

  function tick(selector) {
    var all = lines();
    var line = all[place = here(all)];
    var box = line && line.querySelector(selector);
    if (box && !box.disabled) box.click();
    return Boolean(box);
  }

  function write() {
    var box = document.getElementById("id_lines");
    var form = document.querySelector("[data-room-add]");
    if (box) { box.focus(); return; }
    if (form) window.location.assign(form.dataset.roomAdd + "#id_lines");
  }

  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.key === "Escape" && target.id === "id_lines" && !event.defaultPrevented) { target.blur(); return; }
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.matches("textarea, select, input:not([type=checkbox])")) return;
    var key = event.key.toLowerCase();
    var done = true;
    if (key === "j" || key === "arrowdown") move(1);
    else if (key === "k" || key === "arrowup") move(-1);
    else if (/^[1-9]$/.test(key)) done = tick("[data-room-key='" + key + "']");
    else if (key === " " && target.matches("[data-room-line]")) done = tick("[data-room-lead]");
    else if (key === "n") write();
    else done = false;
    if (done) event.preventDefault();
  });

  if (window.location.hash === "#id_lines") write();
})();
