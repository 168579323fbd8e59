/* Drafts: what is typed reaches the server within five seconds. The browser keeps words only while the server
   cannot be reached, and gives them back at the next visit. Its words come from the page (data attributes). */
(function () {
  "use strict";
  var form = document.querySelector("form[data-draft]");
  var line = form && form.querySelector("[data-draft-line]");
  if (!line) return;
  var say = line.dataset, banner = line.querySelector("[data-draft-banner]");
  var QUIET = 2000, AT_LATEST = 5000, BEACON = 60000;
  var owner = "konsep:" + say.owner + ":", place = owner + form.dataset.draft;
  var since = 0, timer = 0, delay = QUIET, request = null, isLost = false, isOver = false, isSent = false;

  form.querySelectorAll("[data-draft-save]").forEach(function (button) { button.hidden = true; });

  function fields() {
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") body.append(name, value);
    });
    return body;
  }

  // Something was typed: two seconds after the last letter, five after the first.
  function touched() {
    if (isOver || isSent) return;
    var now = Date.now();
    since = since || now;
    if (!isLost) plan(Math.max(0, Math.min(QUIET, since + AT_LATEST - now)));
  }
  function plan(wait) { window.clearTimeout(timer); timer = window.setTimeout(save, wait); }

  function save() {
    if (isOver || isSent || !since) return;
    if (request) { plan(500); return; }
    var began = since, body = fields();
    since = 0;
    request = new AbortController();
    var limit = window.setTimeout(function () { if (request) request.abort(); }, 15000);
    post(body, { signal: request.signal }).then(function (response) {
      return response.text().then(function (text) { answered(response, text); });
    }).catch(function () {
      since = since || began;
      if (!isSent) lost();
    }).then(function () {
      window.clearTimeout(limit);
      request = null;
      if (since && !isLost) touched();
    });
  }

  function post(body, more) {
    return fetch(say.url, Object.assign({
      method: "POST",
      body: body,
      credentials: "same-origin",
      redirect: "error",
      headers: { "HX-Request": "true", "X-CSRFToken": body.get("csrfmiddlewaretoken") || "" },
    }, more));
  }

  function answered(response, text) {
    if (response.status === 401) { ended(response.headers.get("HX-Redirect"), response.headers.get("X-Konsep")); return; }
    if (response.status >= 500 || response.status === 429) throw new Error("later");
    var state = new DOMParser().parseFromString(text, "text/html").querySelector("[data-draft-state]");
    if (!state) { over(); store(); tell(say.stuck); return; }
    line.querySelector("[data-draft-state]").replaceWith(state);
    if (!response.ok) {
      over();
      copy(state);
      if (response.status !== 410 && !response.headers.get("X-Konsep")) store();
      announce(state.textContent);
      if (line.getBoundingClientRect().bottom < 60) tell(state.querySelector("p.why").textContent);
      return;
    }
    forget(place);
    delay = QUIET;
    if (isLost) { isLost = false; tell(""); announce(say.back + " " + state.textContent); }
  }

  function lost() {
    store();
    if (!isLost) { isLost = true; tell(say.lost); }
    plan(delay);
    delay = Math.min(delay * 2, 30000);
  }
  function ended(address, isKept) {
    if (!isKept) store();
    tell(isKept ? say.ended : say.endedHere);
    var link = document.createElement("a");
    link.href = address || "/";
    link.textContent = say.signIn;
    banner.append(" ", link);
  }
  function over() { isOver = true; window.clearTimeout(timer); tell(""); }

  // Words for people: the banner is an alert, so it is read out by itself.
  function tell(text) { banner.textContent = text; banner.hidden = !text; }
  function announce(text) {
    var region = document.getElementById("live");
    if (region) region.textContent = text.replace(/\s+/g, " ").trim();
  }
  function copy(state) {
    var target = state.querySelector("textarea");
    if (!target) return;
    var rows = [];
    form.querySelectorAll("input, textarea").forEach(function (field) {
      var label = field.labels && field.labels[0];
      if (!label || !field.value || line.contains(field) || /file|checkbox|radio/.test(field.type)) return;
      rows.push(label.textContent.replace(/\s+/g, " ").trim() + ": " + field.value);
    });
    target.value = rows.join("\n");
  }

  // The browser's own store, only while the server cannot be reached. Sign-out empties it.
  function store() {
    var body = fields(), version = body.get("konsep_versi");
    ["konsep", "konsep_versi", "csrfmiddlewaretoken"].forEach(function (name) { body.delete(name); });
    try { localStorage.setItem(place, JSON.stringify({ version: version, body: body.toString() })); } catch (full) { /* no room: the page still holds the words */ }
  }
  function forget(name) { try { localStorage.removeItem(name); } catch (closed) { /* nothing there */ } }
  function found() {
    try {
      if (localStorage.getItem(place)) return place;
      var base = place.split("~")[0] + "~";
      return Object.keys(localStorage).filter(function (name) { return place.indexOf("~") > 0 && name.indexOf(base) === 0; })[0];
    } catch (closed) { return undefined; }
  }

  // Words that never arrived are sent now; the server shows them like any draft.
  function giveBack() {
    var name = found();
    if (!name) return;
    var kept = JSON.parse(localStorage.getItem(name)), now = fields();
    var isCurrent = name !== place ? now.get("konsep_versi") === "0" : kept.version === now.get("konsep_versi");
    if (isCurrent) { resend(name, kept.body); return; }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small";
    button.textContent = say.use;
    button.addEventListener("click", function () { resend(name, kept.body); });
    tell(say.found);
    banner.append(" ", button);
  }
  function resend(name, text) {
    var body = new URLSearchParams(text), now = fields();
    ["konsep", "konsep_versi", "csrfmiddlewaretoken"].forEach(function (field) { body.set(field, now.get(field)); });
    post(body, {}).then(function (response) {
      if (response.ok || response.status === 410) forget(name);
      if (response.ok) { isSent = true; window.location.replace(say.address); }
    }).catch(lost);
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  window.addEventListener("online", function () { if (isLost) { delay = QUIET; plan(0); } });
  window.addEventListener("offline", function () { if (since || request) { since = since || Date.now(); lost(); } });
  window.addEventListener("submit", function (event) {
    if (event.target !== form) return;
    if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); lost(); return; }
    isSent = true;
    window.clearTimeout(timer);
    if (request) request.abort();
  }, true);
  window.addEventListener("pageshow", function (event) { if (event.persisted) isSent = false; });
  function leave() {
    if (isOver || isSent || !since) return;
    var body = fields();
    if (request || body.toString().length > BEACON) store();
    if (body.toString().length > BEACON) return;
    post(body, { keepalive: true }).catch(function () { store(); });
  }
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", function () { if (document.hidden && !isLost) plan(0); });
  // A part of the page that meets the end of the session must not carry the words away.
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    var xhr = event.detail.xhr;
    if (xhr.status !== 401 || !form.contains(event.detail.elt)) return;
    event.preventDefault();
    ended(xhr.getResponseHeader("HX-Redirect"), xhr.getResponseHeader("X-Konsep"));
  });
  if ("unsaved" in say) touched();
  giveBack();
})();
