/* Photos are made smaller on the phone before they are sent: a list stays readable at 1600 px and travels in a moment.
   What the browser cannot draw (HEIC on some) is sent as it is; the server checks and cleans everything anyway. */
(function () {
  "use strict";
  var SIDE = 1600;
  var SMALL = 600 * 1024;

  document.querySelectorAll("input[data-shrink]").forEach(function (input) {
    input.addEventListener("change", function () {
      var chosen = Array.prototype.slice.call(input.files);
      if (!window.createImageBitmap || !window.DataTransfer || !chosen.length) return;
      Promise.all(chosen.map(shrunk)).then(function (files) {
        var kept = new DataTransfer();
        files.forEach(function (file) { kept.items.add(file); });
        if (input.files.length === chosen.length && input.files[0] === chosen[0]) input.files = kept.files;
      });
    });
  });

  function shrunk(file) {
    if (file.size <= SMALL || file.type.indexOf("image/") !== 0) return Promise.resolve(file);
    return window.createImageBitmap(file).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
    }).then(function (blob) {
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    }).catch(function () { return file; });
  }
})();
