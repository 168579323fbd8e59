/* Small comforts; every page works without this file. No eval, no inline, no storage. */
(function () {
  "use strict";

  // Ctrl+Enter sends the form that asks for it.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    var form = event.target.closest && event.target.closest("form[data-submit-key]");
    form = form || document.querySelector("form[data-submit-key]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-submit-default]") || undefined);
  });

  // A second click on a button that is already sending does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.setAttribute("aria-busy", "true");
    var button = event.submitter;
    if (!button || button.hasAttribute("data-keep-text")) return;
    var usesHtmx = form.hasAttribute("data-hx-post") || button.hasAttribute("data-hx-post");
    button.setAttribute("aria-disabled", "true");
    button.dataset.text = button.textContent;
    button.textContent = document.body.dataset.saving || button.textContent;
    // A download leaves the page where it is: give the button back.
    window.setTimeout(function () { release(form); }, usesHtmx ? 15000 : 8000);
  }, true);

  function release(form) {
    form.removeAttribute("aria-busy");
    form.querySelectorAll("[data-text]").forEach(function (button) {
      button.textContent = button.dataset.text;
      button.removeAttribute("aria-disabled");
      delete button.dataset.text;
    });
  }
  function releaseAll() { document.querySelectorAll("form[aria-busy]").forEach(release); }
  window.addEventListener("pageshow", releaseAll);
  document.addEventListener("htmx:afterRequest", releaseAll);

  // Errors take the focus, on load and after a swap.
  function focusSummary(root) {
    var summary = (root || document).querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }
  focusSummary(document);
  document.addEventListener("htmx:afterSettle", function (event) {
    focusSummary(event.detail.target && event.detail.target.isConnected ? event.detail.target : document);
    say(event.detail.target && event.detail.target.querySelector("[data-say]"));
    reveal(document);
  });
  // A part that did not come is said in words, on top of the page; the next success takes the words away.
  document.addEventListener("htmx:sendError", function () { complain(document.body.dataset.offline); });
  document.addEventListener("htmx:responseError", function (event) {
    complain(document.body.dataset.failed + " (" + event.detail.xhr.status + ")");
  });
  document.addEventListener("htmx:afterSwap", function () { complain(""); });
  function complain(text) {
    var place = document.getElementById("kendala");
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
    if (text) place.scrollIntoView({ block: "nearest" });
  }

  // One polite live region speaks what an element marked data-say contains.
  function say(element) { if (element) announce(element.textContent.trim()); }
  function announce(text) {
    var region = document.getElementById("live");
    if (!region) return;
    region.textContent = "";
    window.setTimeout(function () { region.textContent = text; }, 50);
  }

  document.addEventListener("click", function (event) {
    var copy = event.target.closest("[data-copy-from]");
    if (copy) copyText(copy);
    var eye = event.target.closest("[data-show-password]");
    if (eye) togglePassword(eye);
    var print = event.target.closest("[data-print]");
    if (print) window.print();
    var all = event.target.closest("[data-check-all]");
    if (all) checkAll(all);
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  function copyText(button) {
    var source = document.getElementById(button.dataset.copyFrom);
    if (!source) return;
    var text = "value" in source ? source.value : source.textContent;
    var done = function () {
      var before = button.dataset.label || button.textContent;
      button.dataset.label = before;
      button.textContent = button.dataset.copied || before;
      announce(button.dataset.copied || "");
      window.setTimeout(function () { button.textContent = before; }, 2500);
    };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done, function () { selectText(source); }); return; }
    selectText(source);
    if (document.execCommand && document.execCommand("copy")) done();
  }
  function selectText(source) {
    if (source.select) { source.focus(); source.select(); return; }
    var range = document.createRange();
    range.selectNodeContents(source);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
  function togglePassword(button) {
    var field = document.getElementById(button.getAttribute("aria-controls"));
    if (!field) return;
    var shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  }
  function checkAll(button) {
    var group = document.getElementById(button.dataset.checkAll);
    if (!group) return;
    var boxes = group.querySelectorAll("input[type=checkbox]:not(:disabled)");
    var every = Array.prototype.every.call(boxes, function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !every; });
  }

  // Things that only make sense with this file stay hidden until it runs.
  function reveal(root) { root.querySelectorAll("[data-needs-js][hidden]").forEach(function (element) { element.hidden = false; }); }
  reveal(document);

  // The tab one stands on is in sight, also where the row of tabs is wider than the screen.
  document.querySelectorAll(".tabs a[aria-current]").forEach(function (tab) {
    var row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - 16;
  });
})();
