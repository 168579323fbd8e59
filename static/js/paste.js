/* The paste page: field and source point to each other, words selected in the source become a row, y and x tick.
   Without this file the numbers are links and sentences are chosen from a list. */
(function () {
  "use strict";

  var source = document.getElementById("sumber");
  var text = document.getElementById("teks-sumber");
  var form = document.querySelector(".paste-form");
  if (!source || !text || !form) return;
  var narrow = window.matchMedia("(max-width: 900px)");
  if (narrow.matches) source.open = false;

  // The words a number stands on, outlined and in sight.
  function show(number, jump) {
    var marks = text.querySelectorAll('mark[data-numbers~="' + number + '"]');
    clear();
    marks.forEach(function (mark) { mark.classList.add("is-current"); });
    if (!marks.length || (narrow.matches && !jump)) return;
    if (jump) source.open = true;
    var box = text.getBoundingClientRect();
    var place = marks[0].getBoundingClientRect();
    text.scrollTop += place.top - box.top - box.height / 3;
    if (jump) text.scrollIntoView({ block: narrow.matches ? "start" : "nearest" });
  }
  function clear() {
    document.querySelectorAll(".paste-form .is-current").forEach(function (one) { one.classList.remove("is-current"); });
  }
  form.addEventListener("focusin", function (event) {
    var place = event.target.closest("[data-number]");
    if (!place) return;
    show(place.dataset.number, false);
    if (place.hasAttribute("data-row")) place.classList.add("is-current");
  });
  form.addEventListener("click", function (event) {
    var see = event.target.closest("[data-see]");
    if (see) { event.preventDefault(); show(see.dataset.see, true); return; }
    var mark = event.target.closest("mark");
    if (mark && window.getSelection().isCollapsed) lead(event, mark);
    var take = event.target.closest("[data-take]");
    if (take) { event.preventDefault(); put(take); }
  });

  // A click on marked words goes to the field of the innermost number.
  function lead(event, mark) {
    var numbers = mark.dataset.numbers.trim().split(" ");
    var link = event.target.closest("[data-go]") || text.querySelector("#sumber-" + numbers[numbers.length - 1]);
    var field = link && document.getElementById(link.dataset.go);
    if (!field) return;
    event.preventDefault();
    var folded = field.closest("details:not([open])");
    if (folded) folded.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  }

  // An agency that a sentence names is put behind what is typed already.
  function put(button) {
    var field = document.getElementById(button.dataset.take);
    var code = "@" + button.value.split(":")[1];
    field.value = field.value.trim() ? field.value.trim() + ", " + code : code;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    button.hidden = true;
    field.focus();
  }

  form.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var field = event.target;
    var row = field.closest("[data-row]");
    if (row && field.type === "checkbox" && (event.key === "y" || event.key === "x")) {
      if (field.checked !== (event.key === "y")) field.click();
      event.preventDefault();
    }
    if (row && event.key === "Enter" && field.type === "text") {
      event.preventDefault();
      below(row, field.hasAttribute("data-owner") ? "input[data-owner]" : 'input[name^="tenggat-"]');
    }
  });
  // Enter goes to the same field of the next ticked row.
  function below(row, wanted) {
    var next = row.nextElementSibling;
    while (next && !next.querySelector('input[name^="pilih-"]').checked) next = next.nextElementSibling;
    if (next) next.querySelector(wanted).focus();
  }

  var fresh = form.querySelector("[data-owner][autofocus]"); // the row that was just made
  if (fresh) { fresh.focus(); fresh.scrollIntoView({ block: "center" }); }

  // Selected words: their place in the source, counted in code points as the server does.
  var chosen = document.getElementById("pilihan");
  var make = document.getElementById("jadikan-pilihan");
  function place(node, offset) {
    var words = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("[data-start]");
    if (!words || !text.contains(words)) return null;
    var before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(node, offset);
    return Number(words.dataset.start) + Array.from(before.toString()).length;
  }
  document.addEventListener("selectionchange", function () {
    var selection = window.getSelection();
    var start = null, end = null;
    if (!selection.isCollapsed && selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer)) {
      var range = selection.getRangeAt(0);
      start = place(range.startContainer, range.startOffset);
      end = place(range.endContainer, range.endOffset);
    }
    var found = start !== null && end !== null && end > start;
    if (found) chosen.value = start + "-" + end;
    // A button that was just pressed takes the selection away; its words were remembered.
    if (found || document.activeElement !== make) make.disabled = !found;
  });
  make.addEventListener("mousedown", function (event) { event.preventDefault(); });
})();
