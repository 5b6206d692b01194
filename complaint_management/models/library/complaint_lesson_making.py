from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..complaint.complaint_state_guard import TRUSTED
from ..complaint.redaction import Redaction
from ..handling.complaint_action import MEASURE_KINDS

# Something is known only when the case is solved.
LEARNING_STATES = ("resolved", "closed")


class ComplaintLessonMaking(models.Model):
    """A lesson from a solved case, with one press (R52)."""

    _inherit = "complaint.complaint"

    lesson_ids = fields.Many2many(
        "complaint.lesson",
        "complaint_lesson_source_rel",
        "complaint_id",
        "lesson_id",
        "Lessons",
        readonly=True,
        copy=False,
    )
    helped_lesson_ids = fields.Many2many(
        "complaint.lesson",
        "complaint_lesson_helped_rel",
        "complaint_id",
        "lesson_id",
        "Lessons that helped",
        readonly=True,
        copy=False,
    )
    lesson_count = fields.Integer("Number of lessons", compute="_compute_lesson_count")

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"lesson_ids", "helped_lesson_ids"}

    @api.depends("lesson_ids", "helped_lesson_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lesson_count(self):
        for complaint in self:
            complaint.lesson_count = len(complaint.lesson_ids | complaint.helped_lesson_ids)

    def action_make_lesson(self):
        """Draft a lesson from what is known: points, causes, measures, the 8D's lesson learned.

        Names of the case are replaced as far as they are written in full; what is left is refused
        when the draft is submitted. Pressed again it opens the user's draft.

        :return: action opening the lesson
        :raise UserError: for a case that is not solved yet
        :raise AccessError: for who may not write lessons
        """
        self.ensure_one()
        self.check_access("read")
        lessons = self.env["complaint.lesson"]
        lessons.check_access("create")
        if self.state not in LEARNING_STATES:
            raise UserError(
                self.env._(
                    "%s is not solved yet: a lesson is written when cause and measures are known.",
                    self.name,
                )
            )
        lesson = lessons.search(
            [
                ("source_ids", "in", self.ids),
                ("author_id", "=", self.env.uid),
                ("state", "=", "draft"),
            ],
            limit=1,
        )
        if not lesson:
            # Trusted: only this verb says from which case a lesson comes; rights are the user's
            trusted = lessons.with_context(complaint_transition=TRUSTED)
            lesson = trusted.create(self._prepare_lesson_vals()).with_env(self.env)
        return lesson._open_lesson()

    def action_view_lessons(self):
        """Open the lessons learned from this case, and those that helped with it."""
        self.ensure_one()
        lessons = self.lesson_ids | self.helped_lesson_ids
        if len(lessons) == 1:
            return lessons._open_lesson()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lessons"),
            "res_model": "complaint.lesson",
            "view_mode": "kanban,list,form",
            "domain": [("id", "in", lessons.ids)],
        }

    def _prepare_lesson_vals(self):
        """Values of a lesson of this case; called by :meth:`action_make_lesson`.

        Operators, penalties, costs, and opinions are not read.
        """
        self.ensure_one()
        products = self.line_ids.product_id.product_tmpl_id
        causes = self.cause_ids.filtered(lambda cause: cause.state == "verified")
        measures = self._get_lesson_measures()
        texts = {
            "name": self.subject or self.defect_id.name or self.env._("Lesson"),
            "problem": self._get_lesson_problem(),
            "cause": "\n".join(causes.mapped("name")),
            "measure": "\n".join(measures.mapped("name")),
            "advice": self.lesson_learned or "",
        }
        return {
            **self._take_names_out(texts),
            "lang": self.env.lang or self.env.user.lang or "en_US",
            "product_ids": [Command.set(products.ids)],
            "product_category_ids": [Command.set(products.categ_id.ids)],
            "defect_ids": [Command.set(self._get_lesson_defects().ids)],
            "category_ids": [Command.set(self.category_id.ids)],
            "cause_category_ids": [Command.set(causes.category_id.ids)],
            "department_ids": [Command.set((causes.department_id | measures.department_id).ids)],
            "team_id": self.team_id.id,
            "company_id": self.company_id.id,
            "source_ids": [Command.link(self.id)],
        }

    def _get_lesson_problem(self):
        """:return: str: what was said and what was found, each once"""
        said = [self.description, *self.point_ids.mapped("words")]
        found = [*self.point_ids.mapped("finding_note"), self.investigation_result]
        return "\n".join(dict.fromkeys(text.strip() for text in said + found if text))

    def _get_lesson_measures(self):
        """Hook: ``complaint.action`` that keep it from happening again and are done."""
        return self.action_ids.filtered(lambda a: a.kind in MEASURE_KINDS and a.state == "done")

    def _get_lesson_defects(self):
        """:return: ``complaint.defect`` of the case, of its points and its goods"""
        return self.defect_id | self.point_ids.defect_id | self.line_ids.defect_id

    def _take_names_out(self, texts):
        """:param dict texts: name of a field → text
        :return: the same with a word such as “[customer]” where a name of the case stood
        """
        marks = {
            "number": self.env._("[number]"),
            "person": self.env._("[person]"),
            "supplier": self.env._("[supplier]"),
            "customer": self.env._("[customer]"),
        }
        # sudo: only takes away, and only what the user may read is left
        words = self.sudo()._get_naming_words()
        for kind, mark in marks.items():
            redaction = Redaction(None, None, words[kind], mark)
            texts = {name: redaction.redact(text) for name, text in texts.items()}
        return texts
