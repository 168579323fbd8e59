"""Addresses as QR codes, drawn here: nothing is asked of anybody."""

import base64

import segno

INK = "#14212B"


def qr_address(address: str) -> str:
    """A QR code of ``address`` as a picture that an ``img`` can show: SVG, level M, quiet zone of four modules."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(border=4, dark=INK, light="#fff", omitsize=True)
    svg = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
