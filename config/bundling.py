"""One stylesheet per page: imports are written into the importing file while static files are collected."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/simpul.css",)
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(([\w-]+)\);')


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files whose stylesheets need no further request.

    Imported files must stand in the folder of the bundle or hold no ``url()`` of their own.
    """

    def post_process(self, paths: Mapping[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        """Write the bundles, then hash and compress as usual."""
        found = dict(paths)
        for name in BUNDLES:
            if name in found and not dry_run:
                self._write_bundle(name, found)
                found[name] = (self, name)
        yield from super().post_process(found, dry_run, **options)

    def _write_bundle(self, name: str, found: Mapping[str, Any]) -> None:
        """Replace the file ``name`` in the target folder by one that holds what it imports."""

        def inlined(match: re.Match[str]) -> str:
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
            return f"@layer {match[2]} {{\n{_text(found[imported])}\n}}"

        bundle = IMPORT.sub(inlined, _text(found[name]))
        if self.exists(name):
            self.delete(name)
        self._save(name, ContentFile(bundle.encode()))


def _text(source: tuple[Any, str]) -> str:
    """Read a collected file from where it came."""
    storage, path = source
    with storage.open(path) as file:
        content: bytes = file.read()
    return content.decode()
