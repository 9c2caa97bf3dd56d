"""Pictures that people send: written anew, so that nothing of what a camera adds (place, moment, device) is left, and no larger than a page needs."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST = 1600  # points of the longer side
MOST_POINTS = 60_000_000  # of a picture as it is sent: what is more would fill the memory
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP")


def cleaned(source: BinaryIO) -> bytes:
    """A picture as JPEG, upright, without what a camera writes into it.

    Raises ValueError with `kind` if it is no JPEG, PNG or WebP, `points` if it is too large, `broken` if it cannot be read.
    """
    try:
        with Image.open(source, formats=KINDS) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise ValueError("points")
            picture.draft("RGB", (2 * LONGEST, 2 * LONGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST, LONGEST))
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.getchannel("A") if upright.mode in ("RGBA", "LA") else None)
            sink = io.BytesIO()
            flat.save(sink, "JPEG", quality=QUALITY, optimize=True)
            return sink.getvalue()
    except UnidentifiedImageError as fault:
        raise ValueError("kind") from fault
    except (OSError, SyntaxError, Image.DecompressionBombError) as fault:
        raise ValueError("broken") from fault
