"""The outline on a screenshot, and the cut around it."""

import io

import pytest
from PIL import Image

from snapshot.models import Box
from snapshot.outline import outlined


def _page(width: int = 1366, height: int = 8000) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (240, 240, 240)).save(file, "JPEG")
    return file.getvalue()


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _red_rows(image: Image.Image, x: int) -> list[int]:
    rows = []
    for y in range(image.height):
        pixel = image.getpixel((x, y))
        assert isinstance(pixel, tuple)
        red, green, blue = pixel
        if red > 150 and green < 110 and blue < 110:
            rows.append(y)
    return rows


def test_element_is_outlined_with_its_surroundings() -> None:
    image = _picture(outlined(_page(), Box(x=100, y=3000, width=300, height=50), max_width=1366))
    assert image.size == (1366, 50 + 2 * 265)
    rows = _red_rows(image, 250)
    assert rows
    assert (min(rows), max(rows)) == pytest.approx((260, 320), abs=3)
    assert _red_rows(image, 700) == []


def test_picture_is_made_smaller_to_the_wanted_width() -> None:
    image = _picture(outlined(_page(), Box(x=0, y=0, width=100, height=50), max_width=683))
    assert image.width == 683
    assert image.height == pytest.approx((50 + 5 + 260) / 2, abs=2)


def test_beginning_of_a_tall_element_is_shown() -> None:
    image = _picture(outlined(_page(), Box(x=10, y=1000, width=500, height=5000), max_width=1366))
    assert image.height == 1400
    assert min(_red_rows(image, 200)) == pytest.approx(260, abs=3)


@pytest.mark.parametrize(
    "box",
    [
        None,
        Box(x=10, y=9000, width=100, height=20),
        Box(x=-900, y=10, width=100, height=20),
        Box(x=10, y=10, width=0, height=0),
    ],
)
def test_element_off_the_screenshot_gives_a_picture_without_outline(box: Box | None) -> None:
    image = _picture(outlined(_page(), box, max_width=1366))
    assert image.height == 700
    assert all(not _red_rows(image, x) for x in (1, 50, 100))


def test_scale_of_the_screenshot_is_heeded() -> None:
    image = _picture(outlined(_page(683, 4000), Box(x=100, y=3000, width=300, height=50), scale=0.5, max_width=683))
    assert min(_red_rows(image, 120)) == pytest.approx(260, abs=3)


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        outlined(b"no picture", None)
