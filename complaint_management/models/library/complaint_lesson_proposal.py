from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..complaint.complaint_complaint import OVER_STATES
from .lesson_words import get_telling_words

SHOWN = 5
MOST_WORDS = 12
# How much a lesson has in common with a case; the complaint's category alone is no reason.
SCORES = {"product": 8, "defect": 6, "product_category": 3, "words": 6, "category": 1}
# Words count one each; pairs of Chinese characters overlap and count less.
PAIR_SCORE = 0.7
ENOUGH = 2


class ComplaintLessonProposal(models.Model):
    """Lessons that may help with a case: same goods, same defect, same words (R52).

    The form asks for them when it is open already, so that nobody waits for them. One query finds
    them, only among those the user may read, however many there are.
    """

    _inherit = "complaint.complaint"

    @api.readonly
    def get_lesson_proposals(self):
        """The lessons most like this case, for its form.

        :return: list of at most 5 dicts ``id, title, why, helped, count``, the likeliest first
        :raise AccessError: for who may not read the complaint
        """
        self.ensure_one()
        self.check_access("read")
        if self.state in OVER_STATES:
            return []
        rows = self._find_lessons()
        lessons = self.env["complaint.lesson"].browse([row[0] for row in rows])
        lessons.fetch(["name", "version", "helped_count"])
        # sudo: the answer is about this case alone, which the user may read
        helped = self.sudo().helped_lesson_ids
        return [
            {
                "id": lesson.id,
                "title": lesson.display_name,
                "why": ", ".join(self._get_reasons(signs)),
                "helped": lesson in helped,
                "count": lesson.helped_count,
            }
            for lesson, (_id, _score, signs) in zip(lessons, rows, strict=True)
        ]

    def action_lesson_helped(self, lesson_id):
        """Note that a lesson helped with this case; noted once, however often it is pressed.

        :param int lesson_id: id of a published ``complaint.lesson``
        :raise AccessError: for who may not read both
        :raise UserError: for a lesson that is not published
        """
        self.ensure_one()
        self.check_access("read")
        lesson = self.env["complaint.lesson"].browse(lesson_id).exists()
        lesson.check_access("read")
        if lesson.state != "published":
            raise UserError(self.env._("This lesson is not published (any more)."))
        # sudo: whoever may read both may say so
        if self not in lesson.sudo().helped_ids:
            lesson.sudo()._write_trusted({"helped_ids": [Command.link(self.id)]})

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------
    def _find_lessons(self):
        """:return: list of ``(id, score, signs)``, at most ``SHOWN``, the likeliest first"""
        self.ensure_one()
        signs = list(self._iter_lesson_signs())
        if not signs:
            return []
        readable = self.env["complaint.lesson"]._search(Domain("state", "=", "published"))
        return self.env.execute_query(
            SQL(
                "SELECT s.id, SUM(s.score) + %s AS total, ARRAY_AGG(s.sign) FROM (%s) AS s"
                " WHERE s.id IN %s GROUP BY s.id HAVING SUM(s.score) >= %s"
                " ORDER BY total DESC, s.id DESC LIMIT %s",
                self._get_category_bonus(),
                SQL(" UNION ALL ").join(signs),
                readable.subselect(),
                ENOUGH,
                SHOWN,
            )
        )

    def _iter_lesson_signs(self):
        """Hook: what a case and a lesson may have in common.

        :return: iterator of ``SQL`` selecting ``id, score, sign``, one row a lesson and sign
        """
        goods = self.line_ids.product_id.product_tmpl_id
        defects = self._get_lesson_defects()
        yield from self._iter_relation_sign("product", "product_ids", goods)
        yield from self._iter_relation_sign(
            "product_category", "product_category_ids", goods.categ_id
        )
        yield from self._iter_relation_sign("defect", "defect_ids", defects)
        words = get_telling_words(f"{self.subject or ''} {self.description or ''}", MOST_WORDS)
        if words:
            yield self._get_words_sign(words)

    def _iter_relation_sign(self, sign, field_name, records):
        """:return: iterator of at most one ``SQL``: lessons with one of ``records``"""
        if not records:
            return
        field = self.env["complaint.lesson"]._fields[field_name]
        yield SQL(
            "SELECT DISTINCT %(lesson)s AS id, %(score)s AS score, %(sign)s AS sign"
            " FROM %(relation)s WHERE %(other)s IN %(ids)s",
            lesson=SQL.identifier(field.column1, to_flush=field),
            score=SCORES[sign],
            sign=sign,
            relation=SQL.identifier(field.relation),
            other=SQL.identifier(field.column2),
            ids=tuple(records.ids),
        )

    def _get_words_sign(self, words):
        """:param dict words: as of ``get_telling_words``; stop words of both stemmers are left out
        :return: ``SQL``: lessons with several of the words
        """
        lessons = self.env["complaint.lesson"]
        return SQL(
            "SELECT l.id, LEAST(SUM(w.weight), %(most)s) AS score, 'words' AS sign"
            " FROM (SELECT e.q || g.q AS query, t.weight"
            " FROM unnest(%(words)s, %(weights)s) AS t(word, weight),"
            " plainto_tsquery('english', t.word) AS e(q), plainto_tsquery('german', t.word) AS g(q)"
            " WHERE numnode(e.q) > 0 AND numnode(g.q) > 0) AS w"
            " JOIN complaint_lesson AS l ON %(vector)s @@ w.query"
            " GROUP BY l.id HAVING SUM(w.weight) >= %(enough)s",
            most=SCORES["words"],
            words=list(words),
            weights=[PAIR_SCORE if is_pair else 1.0 for is_pair in words.values()],
            vector=lessons._get_vector_sql("l"),
            enough=ENOUGH,
        )

    def _get_category_bonus(self):
        """:return: ``SQL``: a little more for the same kind of complaint"""
        field = self.env["complaint.lesson"]._fields["category_ids"]
        return SQL(
            "CASE WHEN EXISTS (SELECT FROM %(relation)s AS r WHERE r.%(lesson)s = s.id"
            " AND r.%(other)s = %(category)s) THEN %(score)s ELSE 0 END",
            relation=SQL.identifier(field.relation, to_flush=field),
            lesson=SQL.identifier(field.column1),
            other=SQL.identifier(field.column2),
            category=self.category_id.id or 0,
            score=SCORES["category"],
        )

    def _get_reasons(self, signs):
        """:param list signs: keys of ``SCORES``
        :return: list of translated reasons, the strongest first
        """
        labels = {
            "product": self.env._("same product"),
            "defect": self.env._("same defect"),
            "product_category": self.env._("same kind of product"),
            "words": self.env._("same words"),
        }
        if "product" in signs:
            signs = [sign for sign in signs if sign != "product_category"]
        return [label for sign, label in labels.items() if sign in signs]
