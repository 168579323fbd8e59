/* The commitments box: names after @ and #, keys on a phone. It works without. */
(() => {
  "use strict";
  var TOKEN = /(?:^|\s)[(\[]*([@#])([^\s@#]{0,60})$/;
  var LAST = /[^,;&+\/]*$/; // the last of several names
  var OPTION = "[data-box] [role=option]";
  var timer = 0, asked = 0, taking = false, open = null;

  var on = document.addEventListener.bind(document);
  var boxOf = (element) => element && element.closest && element.closest("[data-box] textarea");
  var chosen = () => open.list.querySelector("[aria-selected=true]");
  var isTaking = (event) => /^pakai-/.test(event.target.value);

  on("input", (event) => {
    var box = boxOf(event.target);
    if (!box) return;
    var token = tokenOf(box);
    clearTimeout(timer);
    if (token) timer = setTimeout(ask, 120, box, token);
    else close();
  });

  function tokenOf(box) {
    var before = box.value.slice(0, box.selectionStart);
    var found = box.selectionStart === box.selectionEnd && TOKEN.exec(before);
    if (!found) return null;
    var typed = LAST.exec(found[2])[0];
    return { sign: found[1], typed: typed, at: before.length - typed.length };
  }

  function ask(box, token) {
    var turn = ++asked;
    fetch(addressFor(box.parentElement, token)).then(
      (answer) => answer.ok && !answer.redirected ? answer.text() : ""
    ).then((rows) => {
      var now = tokenOf(box);
      if (turn === asked && box === document.activeElement && now && now.at === token.at && now.typed === token.typed) show(box, token, rows);
    }).catch(close);
  }

  function addressFor(wrap, token) {
    var query = new URLSearchParams({ q: token.typed }), agreement = document.querySelector("select[name=agreement]");
    if (token.sign === "@") query.set("hadir", here(wrap));
    else query.set("kesepakatan", agreement ? agreement.value : wrap.dataset.agreement);
    return (token.sign === "@" ? wrap.dataset.agencies : wrap.dataset.scope) + "?" + query;
  }

  function here(wrap) {
    var ticked = Array.from(document.querySelectorAll("input[name=present]:checked"));
    return ticked.length ? ticked.map((tick) => tick.value).join(",") : wrap.dataset.here;
  }

  function show(box, token, rows) {
    var list = box.parentElement.querySelector("[role=listbox]");
    list.innerHTML = rows; // a part made and escaped by our own server
    var first = list.firstElementChild;
    if (!first || first.dataset.take.toLowerCase() === token.typed.toLowerCase()) return close();
    open = { box: box, list: list, at: token.at };
    list.hidden = false;
    place(box, list, token.at);
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-autocomplete", "list");
    choose(0);
  }

  function close() {
    asked++;
    if (!open) return;
    open.list.hidden = true;
    open.box.removeAttribute("aria-activedescendant");
    open = null;
  }

  function choose(place) {
    var all = Array.from(open.list.children), wanted = all[(place + all.length) % all.length];
    all.forEach((one) => one.setAttribute("aria-selected", one === wanted));
    open.box.setAttribute("aria-activedescendant", wanted.id);
    wanted.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    var box = open.box, end = box.selectionStart;
    box.setRangeText(option.dataset.take + (/\s/.test(box.value.charAt(end)) ? "" : " "), open.at, end, "end");
    close();
    tell(box);
  }

  function tell(box) {
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  on("keydown", (event) => {
    if (!open || event.target !== open.box || event.isComposing || event.ctrlKey || event.shiftKey) return;
    var place = Array.from(open.list.children).indexOf(chosen());
    if (event.key === "ArrowDown") choose(place + 1);
    else if (event.key === "ArrowUp") choose(place - 1);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  on("focusout", (event) => { if (open && event.target === open.box) close(); });

  // A tap must not take the focus, and with it the phone's keyboard, from the box.
  on("pointerdown", (event) => {
    if (event.target.closest("[data-key], " + OPTION)) event.preventDefault();
  });
  on("click", (event) => {
    var option = event.target.closest(OPTION), key = event.target.closest("[data-key]");
    if (option && open) take(option);
    if (key) press(key);
  });

  function press(key) {
    var box = key.closest(".field").querySelector("[data-box] textarea"), from = box.selectionStart;
    var sign = key.dataset.key === "enter" ? "\n" : (/\S$/.test(box.value.slice(0, from)) ? " " : "") + key.dataset.key;
    box.setRangeText(sign, from, box.selectionEnd, "end");
    tell(box);
  }

  // A hidden copy of the text shows where the words being written stand.
  function place(box, list, at) {
    var copy = document.createElement("div"), mark = document.createElement("span");
    copy.className = "box-copy form-control";
    copy.style.cssText = "width:" + box.clientWidth + "px;font:" + getComputedStyle(box).font;
    mark.textContent = "@";
    copy.append(box.value.slice(0, at), mark);
    box.parentElement.append(copy);
    list.style.top = box.offsetTop + mark.offsetTop + mark.offsetHeight + 4 - box.scrollTop + "px";
    list.style.left = Math.max(0, Math.min(mark.offsetLeft, box.offsetWidth - list.offsetWidth)) + "px";
    copy.remove();
  }

  // Pakai lets the server write into the text; no reading of the old text may come between.
  on("htmx:beforeRequest", (event) => {
    var box = document.querySelector("[data-box] textarea");
    if (isTaking(event)) {
      taking = true;
      window.htmx.trigger(box, "htmx:abort");
    } else if (taking && event.target === box) event.preventDefault();
  });
  on("htmx:afterRequest", (event) => { if (isTaking(event)) taking = false; });
  on("htmx:oobAfterSwap", (event) => {
    var box = boxOf(document.getElementById(event.detail.target.id));
    if (!box) return;
    box.setSelectionRange(box.value.length, box.value.length);
    tell(box);
  });
})();
