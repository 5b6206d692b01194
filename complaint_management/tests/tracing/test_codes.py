"""What scanners and people make of one and the same code (R7)."""

from odoo.tests import BaseCase, tagged

from ...models.tracing.codes import read_code, squeeze


@tagged("post_install", "-at_install")
class TestCodes(BaseCase):
    def test_plain(self):
        self.assertEqual(read_code("  LOT-7\r\n")["lots"], ["LOT-7"])
        self.assertEqual(read_code("LOT 7\t")["text"], "LOT 7")

    def test_fullwidth(self):
        self.assertEqual(read_code("ＬＯＴ－７")["text"], "LOT-7")

    def test_nothing(self):
        for code in ("", "  ", "\x1d", None, 7, ["LOT"], {}):
            with self.subTest(code=code):
                self.assertEqual(read_code(code)["text"], "")
                self.assertEqual(read_code(code)["lots"], [])

    def test_long(self):
        self.assertLessEqual(len(read_code("9" * 100_000)["text"]), 128)

    def test_bracketed(self):
        read = read_code("(01)04012345678901(17)270101(10)AB-1(21)S 9")
        self.assertEqual(read["lots"][:2], ["S 9", "AB-1"])
        self.assertIn("4012345678901", read["products"])

    def test_scanned_gs1(self):
        for code in (
            "]C1010401234567890117270101" + "10AB-1\x1d21S9",
            "010401234567890110AB-1\x1d21S9",
            "]d2010401234567890121S9\x1d10AB-1",
        ):
            with self.subTest(code=code):
                read = read_code(code)
                self.assertEqual(read["lots"][:2], ["S9", "AB-1"])
                self.assertIn("4012345678901", read["products"])

    def test_number_that_only_looks_like_it(self):
        self.assertEqual(read_code("0104711")["lots"], ["0104711"])
        self.assertEqual(read_code("104711")["lots"], ["104711"])

    def test_squeezed(self):
        self.assertEqual(squeeze("Ab 12-3/4_5.6"), "ab123456")
        self.assertEqual(squeeze("批次 7"), "批次7")
