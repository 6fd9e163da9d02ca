"""An element outlined on its page's screenshot, cut to what a reader needs around it."""

import io

from PIL import Image, ImageDraw

from snapshot.models import Box

COLOUR = (200, 30, 30)
HALO = (255, 255, 255)
LINE = 3
PADDING = 5
"""Pixels between element and outline."""

CONTEXT_HEIGHT = 260
"""Pixels of page kept above and below the element, so that a reader recognises the place."""

MAX_HEIGHT = 1_400
QUALITY = 78


def outlined(
    screenshot_jpeg: bytes, box: Box | None, *, scale: float = 1.0, max_width: int = 1_000, max_height: int = MAX_HEIGHT
) -> bytes:
    """A JPEG of the surroundings of `box`, with the element outlined; of the page's top where there is no box.

    `scale` is screenshot pixels per CSS pixel. The full width of the page is kept, its height cut around the element;
    the picture is made smaller to at most `max_width` x `max_height` pixels. A box that lies outside the screenshot
    (below its cut) gives the page's last part without outline. Raises OSError for bytes that are no picture.
    """
    with Image.open(io.BytesIO(screenshot_jpeg)) as opened:
        image = opened.convert("RGB")
    frame = _frame(image, box, scale)
    top, bottom = _span(image.height, frame, box, scale, min(max_height, MAX_HEIGHT))
    if frame is not None:
        _draw(image, frame)
    cut = image.crop((0, top, image.width, bottom))
    ratio = min(1.0, max_width / cut.width, max_height / cut.height)
    if ratio < 1.0:
        size = (max(1, round(cut.width * ratio)), max(1, round(cut.height * ratio)))
        cut = cut.resize(size, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    cut.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _frame(image: Image.Image, box: Box | None, scale: float) -> tuple[int, int, int, int] | None:
    """The outline's corners within the picture; None where nothing of the element lies on it."""
    if box is None or box.width <= 0 or box.height <= 0:
        return None
    left, top = box.x * scale - PADDING, box.y * scale - PADDING
    right, bottom = (box.x + box.width) * scale + PADDING, (box.y + box.height) * scale + PADDING
    if right <= 0 or bottom <= 0 or left >= image.width or top >= image.height:
        return None
    inside = (max(0.0, left), max(0.0, top), min(image.width - 1.0, right), min(image.height - 1.0, bottom))
    return (round(inside[0]), round(inside[1]), round(inside[2]), round(inside[3]))


def _span(
    height: int, frame: tuple[int, int, int, int] | None, box: Box | None, scale: float, most: int
) -> tuple[int, int]:
    """First and last row of the cut."""
    if frame is None:
        below = box is not None and box.height > 0 and box.y * scale >= height
        return (max(0, height - most // 2), height) if below else (0, min(height, most // 2))
    top, bottom = max(0, frame[1] - CONTEXT_HEIGHT), min(height, frame[3] + CONTEXT_HEIGHT)
    # Of an element taller than the cut the beginning is shown: there stands its title.
    return (top, bottom) if bottom - top <= most else (top, top + most)


def _draw(image: Image.Image, frame: tuple[int, int, int, int]) -> None:
    """Two lines, light within dark, so that the outline shows on any ground."""
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = frame
    if right - left > 2 * LINE and bottom - top > 2 * LINE:
        draw.rectangle((left + LINE, top + LINE, right - LINE, bottom - LINE), outline=HALO, width=1)
    draw.rectangle(frame, outline=COLOUR, width=LINE)
