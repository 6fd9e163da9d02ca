"""Pictures of the portals, drawn when asked for: charts as boxes and lines, portraits as plain shapes.

The file name decides: `chart-…` an organisation chart, `flow-…` a flow chart, `portrait-…` a person, `captcha…` a distorted
text, anything else a banner. Words inside are strokes, so nothing in a picture can be read by a machine.
"""

from functools import cache
from io import BytesIO
from zlib import crc32

from PIL import Image, ImageDraw

_INK = (40, 60, 90)
_Box = tuple[int, int, int, int]


@cache
def picture(name: str) -> bytes:
    """A PNG for this file name; the same name always gives the same bytes."""
    seed = crc32(name.encode())
    kind = name.split("-", maxsplit=1)[0].split(".", maxsplit=1)[0]
    image = {"chart": _chart, "flow": _flow, "portrait": _portrait, "captcha": _captcha}.get(kind, _banner)(seed)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _stroke(draw: ImageDraw.ImageDraw, box: _Box, seed: int) -> None:
    """A scribble in the middle of a box, where a real chart has words."""
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    at = left + 14
    while at < right - 14:
        length = 8 + (seed + at * 7) % 18
        draw.line((at, middle, min(at + length, right - 14), middle + (seed + at) % 5 - 2), fill=_INK, width=3)
        at += length + 6


def _box(draw: ImageDraw.ImageDraw, box: _Box, seed: int) -> None:
    draw.rounded_rectangle(box, 8, fill=(226, 236, 248), outline=_INK, width=2)
    _stroke(draw, box, seed)


def _chart(seed: int) -> Image.Image:
    image = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(image)
    _box(draw, (360, 20, 540, 80), seed)
    columns = 4 + seed % 2
    width = 860 // columns
    for column in range(columns):
        left = 20 + column * width
        draw.line((450, 80, 450, 120, left + width // 2, 120, left + width // 2, 150), fill=_INK, width=2)
        for row in range(3):
            top = 150 + row * 110
            _box(draw, (left + 6, top, left + width - 6, top + 70), seed + column * 11 + row)
    return image


def _flow(seed: int) -> Image.Image:
    steps = 4 + seed % 3
    image = Image.new("RGB", (640, steps * 110 + 20), "white")
    draw = ImageDraw.Draw(image)
    for step in range(steps):
        top = 20 + step * 110
        _box(draw, (180, top, 460, top + 70), seed + step * 13)
        if step < steps - 1:
            draw.line((320, top + 70, 320, top + 110), fill=_INK, width=3)
            draw.polygon([(312, top + 100), (328, top + 100), (320, top + 110)], fill=_INK)
    return image


def _portrait(seed: int) -> Image.Image:
    image = Image.new("RGB", (180, 220), (205 + seed % 30, 215, 225))
    draw = ImageDraw.Draw(image)
    draw.ellipse((50, 35, 130, 125), fill=(222, 190, 165))
    draw.pieslice((15, 130, 165, 320), 180, 360, fill=(50 + seed % 60, 60, 80))
    return image


def _captcha(seed: int) -> Image.Image:
    image = Image.new("RGB", (160, 50), (240, 240, 232))
    draw = ImageDraw.Draw(image)
    for at in range(5):
        left = 12 + at * 29
        draw.arc(
            (left, 8 + (seed >> at) % 8, left + 22, 44), (seed * at) % 360, (seed * at) % 360 + 250, fill=_INK, width=4
        )
    return image


def _banner(seed: int) -> Image.Image:
    image = Image.new("RGB", (1100, 220), (30 + seed % 60, 90 + seed % 40, 110 + seed % 80))
    draw = ImageDraw.Draw(image)
    for hill in range(5):
        left = hill * 260 - 120 + seed % 60
        draw.polygon(
            [(left, 220), (left + 190, 70 + (seed >> hill) % 60), (left + 380, 220)], fill=(60, 120 + hill * 14, 120)
        )
    return image
