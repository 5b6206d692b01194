import random

from odoo.tests import Form, tagged

from ...models.library.lesson_words import get_index_text
from .common import LibraryCommon


@tagged("post_install", "-at_install")
class TestLessonSearch(LibraryCommon):
    """The list's search box finds words in any script, the best first (R52)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rust, cls.film, cls.odour, cls.chinese, cls.german, cls.stain = cls._shelve(
            [
                {"name": "Rusty shafts", "problem": "Wet cartons made the shafts rust."},
                {"name": "Film on pallets", "problem": "Without film there is rust, too."},
                {"name": "Paint smell", "problem": "The rolls smelled of paint."},
                {"name": "卷纸有异味", "problem": "客户说卷纸有油漆味，生产线刚刚刷过漆。"},
                {"name": "Kratzer auf Gehäusen", "problem": "Verpackungen ohne Zwischenlage."},
                {"name": "生锈的螺丝刀", "problem": "纸箱被雨淋湿。"},
            ]
        )
        cls.shelf = cls.rust + cls.film + cls.odour + cls.chinese + cls.german + cls.stain

    def _get_domain(self, term):
        return [("words", "ilike", term), ("id", "in", self.shelf.ids)]

    def _find(self, term, **kwargs):
        return self.lessons.search(self._get_domain(term), **kwargs)

    def test_english(self):
        self.assertEqual(self._find("rust"), self.rust + self.film)
        self.assertEqual(self._find("RUSTING"), self.rust + self.film)
        self.assertEqual(self._find("smells"), self.odour)
        self.assertEqual(self._find("pall"), self.film)
        self.assertFalse(self._find("allets"))

    def test_german(self):
        for term in ("Gehäuse", "gehause", "GEHÄUSEN", "Verpackung", "kratz", "Zwischenlagen"):
            with self.subTest(term=term):
                self.assertEqual(self._find(term), self.german)

    def test_chinese(self):
        for term, lesson in (
            ("异味", self.chinese),
            ("油漆味", self.chinese),
            ("卷纸 漆", self.chinese),
            ("锈", self.stain),
            ("螺丝刀", self.stain),
            ("湿", self.stain),
        ):
            with self.subTest(term=term):
                self.assertEqual(self._find(term), lesson)
        for term in ("味异", "丝锈", "投诉"):
            with self.subTest(term=term):
                self.assertFalse(self._find(term))

    def test_all_words_are_meant(self):
        self.assertEqual(self._find("film rust"), self.film)
        self.assertEqual(self._find("rust cartons wet"), self.rust)
        self.assertFalse(self._find("rust smell"))

    def test_title_before_text_whatever_is_newer(self):
        for _round in range(2):
            self.assertEqual(self._find("rust").ids, [self.rust.id, self.film.id])
            self.assertEqual(self._find("film").ids, [self.film.id])
            self.film._write_trusted({"date_published": "2030-01-01"})
        self.film._write_trusted({"date_published": "2001-01-01"})
        self.rust._write_trusted({"date_published": "2030-01-01"})
        self.assertEqual(self._find("film rust"), self.film)

    def test_the_screen_gets_the_best_first(self):
        for order in ("", None):
            found = self.lessons.web_search_read(
                [("words", "ilike", "rust"), ("id", "in", self.shelf.ids)],
                {"name": {}},
                order=order,
            )
            self.assertEqual([row["id"] for row in found["records"]], [self.rust.id, self.film.id])
            self.assertEqual(found["length"], 2)

    def test_another_order_is_kept(self):
        self.assertEqual(self._find("rust", order="name").ids, [self.film.id, self.rust.id])
        self.assertEqual(self._find("rust", order="id desc").ids, [self.film.id, self.rust.id])
        self.assertEqual(self._find("rust", limit=1), self.rust)
        self.assertEqual(self._find("rust", limit=1, offset=1), self.film)

    def test_several_texts_and_negation(self):
        both = self.lessons.search(
            [
                "|",
                ("words", "ilike", "smell"),
                ("words", "ilike", "rust"),
                ("id", "in", self.shelf.ids),
            ]
        )
        self.assertEqual(both, self.rust + self.film + self.odour)
        others = self.lessons.search(
            ["!", ("words", "ilike", "rust"), ("id", "in", self.shelf.ids)]
        )
        self.assertEqual(others, self.shelf - self.rust - self.film)

    def test_whatever_is_typed(self):
        nasty = ("'; DROP TABLE", "a & | ! ( ) : * <-> \\", "%", "_", "'", '"', "\\'", ":*", "−−")
        for term in nasty:
            with self.subTest(term=term):
                self._find(term)
        self.assertTrue(self.lessons.search_count([]))

    def test_through_other_models(self):
        trainings = self.env["complaint.training"]
        training = trainings.create({"lesson_ids": self.odour.ids})
        found = trainings.search([("lesson_ids.words", "ilike", "smell")])
        self.assertEqual(found, training)

    def test_a_changed_text_is_found_at_once(self):
        lesson = self._lesson()
        lesson.advice = "Use desiccant bags"
        self.assertEqual(self.lessons.search([("words", "ilike", "desiccant")]), lesson)
        lesson.advice = False
        self.assertFalse(self.lessons.search([("words", "ilike", "desiccant")]))

    def test_the_form_of_a_new_lesson(self):
        with Form(self.lessons.with_user(self.user_sales)) as form:
            form.name = "Mould under labels"
        lesson = form.record
        self.assertEqual(self.lessons.search([("words", "ilike", "mould label")]), lesson)

    def test_nobody_reads_what_is_indexed(self):
        for name in ("search_title", "search_text"):
            self.assertNotIn(name, self.lessons.with_user(self.user_admin).fields_get())

    def test_the_index_is_used(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.lessons._search([("words", "ilike", "rust")])
        sql = query.select()
        self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("complaint_lesson_search_vector_idx", plan)

    def test_random_texts(self):
        """Every text with all words, and no other, as Python counts them."""
        chance = random.Random(52)
        words = ["carton", "film", "odour", "label", "seal", "卷纸", "异味", "褪色", "roll", "dust"]
        texts = [" ".join(chance.sample(words, chance.randint(1, 6))) for _i in range(60)]
        shelf = self._shelve([{"name": "X", "problem": text} for text in texts])
        for _i in range(30):
            terms = chance.sample(words, chance.randint(1, 3))
            expected = shelf.browse(
                le.id
                for le, text in zip(shelf, texts, strict=True)
                if all(t in get_index_text(text).split() for t in terms)
            )
            found = self.lessons.search(
                [("words", "ilike", " ".join(terms)), ("id", "in", shelf.ids)]
            )
            with self.subTest(terms=terms):
                self.assertEqual(set(found.ids), set(expected.ids))
