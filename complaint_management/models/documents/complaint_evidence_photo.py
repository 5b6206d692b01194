import base64
import hashlib
import io
import logging

from PIL import Image

from odoo import models
from odoo.tools.image import IMAGE_MAX_RESOLUTION, image_fix_orientation, image_process
from odoo.tools.mimetypes import guess_mimetype

_logger = logging.getLogger(__name__)

# Longest side of a printed photo, in pixels: sharp on a third of an A4 page.
PRINT_SIZE = (900, 900)
PRINT_QUALITY = 80
# The same photos are asked for several times while a document is made: per transaction, by content.
CACHE_KEY = "complaint_print_photos"
PHONE_FORMATS = ("JPEG", "MPO")


class ComplaintEvidencePhoto(models.Model):
    """Photos as documents print them: small, and in the document itself (T11)."""

    _inherit = "complaint.evidence"

    def _get_photo_uri(self):
        """The picture as a small JPEG in a data URI: the PDF engine fetches nothing (T11).

        :return: str; empty for what is no picture, is broken or too large to decode: a document
            never fails because of a photo
        """
        self.ensure_one()
        content = self._get_file_bytes()
        if not content or not guess_mimetype(content).startswith("image/"):
            return ""
        cache = self.env.cr.cache.setdefault(CACHE_KEY, {})
        key = hashlib.sha256(content).digest()
        if key not in cache:
            cache[key] = self._make_photo_uri(content)
        return cache[key]

    def _make_photo_uri(self, content):
        """:return: data URI of ``content`` made small; empty where it cannot be read"""
        try:
            small = self._shrink_photo(content)
        except Exception:  # decoders raise all sorts of errors on broken pictures
            _logger.info("Evidence %s is not printed: no readable picture", self.id)
            return ""
        return "data:image/jpeg;base64," + base64.b64encode(small).decode()

    @staticmethod
    def _shrink_photo(content):
        """:return: bytes of a JPEG no larger than it is printed

        Photos of phones are decoded at a fraction of their size, which takes a fraction of the
        time: fifty of them would take longer than the whole document may.
        """
        image = Image.open(io.BytesIO(content))
        if image.width * image.height > IMAGE_MAX_RESOLUTION:
            raise ValueError("too large to decode")
        if image.format not in PHONE_FORMATS:
            return image_process(
                content, size=PRINT_SIZE, quality=PRINT_QUALITY, output_format="JPEG"
            )
        image.draft("RGB", PRINT_SIZE)
        image = image_fix_orientation(image)
        image.thumbnail(PRINT_SIZE, reducing_gap=2.0)
        stream = io.BytesIO()
        image.convert("RGB").save(stream, "JPEG", quality=PRINT_QUALITY)
        return stream.getvalue()
