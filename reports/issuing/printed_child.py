"""Digests and code as they are printed in a PDF: its bytes on standard input, JSON on standard output, then gone.

Run by its path through :mod:`config.sandbox`, so it stands alone.
"""

import io
import json
import re
import sys

OUT_OF_MEMORY = 3
DIGEST = re.compile(r"[0-9a-f]{8}(?:\s*[0-9a-f]{8}){7}")
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}\b")


def printed(content: bytes) -> dict[str, list[str]]:
    """What a PDF prints, each once in the order of its pages. Raises pypdf's errors on what is no PDF."""
    from pypdf import PdfReader

    digests: dict[str, None] = {}
    codes: dict[str, None] = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        text = page.extract_text()
        digests |= dict.fromkeys("".join(found.split()) for found in DIGEST.findall(text))
        codes |= dict.fromkeys(CODE.findall(text))
    return {"digests": list(digests), "codes": list(codes)}


def main() -> int:
    """Answer the order; the exit code says how it went."""
    try:
        answer = printed(sys.stdin.buffer.read())
    except MemoryError:
        return OUT_OF_MEMORY
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
