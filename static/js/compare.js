/* Compares a file with what is known under a code, here in the browser: the file is never sent.
   Without this script, or without a safe connection, the form asks the server instead. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-compare]");
  if (!form || !window.crypto || !window.crypto.subtle || !window.FileReader) return;
  var input = form.querySelector("input[type=file]");
  var result = form.querySelector("[data-result]");
  form.querySelector("[data-with-script]").hidden = false;
  form.querySelector("[data-without-script]").hidden = true;

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!input.files.length) { say(form.dataset.empty, "info"); return; }
    digest(input.files[0]).then(function (sum) {
      var known = form.querySelector('data[value="' + sum + '"]');
      if (known) say(known.dataset.words, known.dataset.look); else say(form.dataset.different, "warning");
    });
  });

  function digest(file) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(reader.result); };
      reader.onerror = failed;
      reader.readAsArrayBuffer(file);
    }).then(function (content) {
      return window.crypto.subtle.digest("SHA-256", content);
    }).then(function (sum) {
      return Array.prototype.map.call(new Uint8Array(sum), function (byte) {
        return ("0" + byte.toString(16)).slice(-2);
      }).join("");
    });
  }

  function say(words, look) {
    var box = document.createElement("div"), line = document.createElement("p");
    box.className = "notice notice-" + look;
    line.textContent = words;
    box.appendChild(line);
    result.replaceChildren(box);
  }
})();
