from odoo.tests import BaseCase, tagged

from ...models.library.lesson_words import (
    get_index_text,
    get_search_words,
    get_telling_words,
    normalise,
)


@tagged("post_install", "-at_install")
class TestLessonWords(BaseCase):
    """What counts as a word, in several scripts (R52)."""

    def test_accents_and_capitals(self):
        self.assertEqual(normalise("Größe ÉTÉ ＡＢＣ"), "grosse ete abc")

    def test_latin_text(self):
        self.assertEqual(get_index_text("Rust, on M8-bolts (2.5 mm)"), "rust on m8 bolts 2 5 mm")

    def test_unspaced_text(self):
        self.assertEqual(get_index_text("卷纸有异味。"), "卷纸 纸有 有异 异味 味")
        self.assertEqual(get_index_text("锈"), "锈")
        self.assertEqual(get_index_text("V2055卷纸"), "v2055 卷纸 纸")
        self.assertEqual(get_index_text("カビが"), "カビ ビが が")
        self.assertEqual(get_index_text("곰팡이"), "곰팡 팡이 이")

    def test_nothing(self):
        for text in ("", None, "…!?", " \n"):
            with self.subTest(text=text):
                self.assertEqual(get_index_text(text), "")
                self.assertEqual(get_search_words(text or ""), [])

    def test_search_words(self):
        self.assertEqual(get_search_words("Rust Rust"), [("rust", True)])
        self.assertEqual(get_search_words("a"), [("a", False)])
        self.assertEqual(get_search_words("有异味"), [("有异", False), ("异味", False)])
        self.assertEqual(get_search_words("锈"), [("锈", True)])

    def test_telling_words(self):
        words = get_telling_words("The 12345 cartons got wet 生锈了", 12)
        self.assertEqual(words, {"cartons": False, "生锈": True, "锈了": True})
        self.assertEqual(len(get_telling_words(" ".join(f"word{i}x" for i in range(50)), 12)), 12)

    def test_a_word_as_long_as_a_book(self):
        self.assertEqual(len(get_index_text("x" * 5000)), 100)
