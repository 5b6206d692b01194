from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..complaint.complaint_complaint import OVERSEEING_GROUPS


class ComplaintLessonTraining(models.Model):
    """How many people a lesson was taught to (R52).

    Everybody who reads a lesson sees how many; who they are is for quality and leadership.
    """

    _inherit = "complaint.lesson"

    training_ids = fields.Many2many(
        "complaint.training",
        "complaint_training_lesson_rel",
        "lesson_id",
        "training_id",
        "Trainings",
        groups=OVERSEEING_GROUPS,
        copy=False,
        readonly=True,
    )
    trained_count = fields.Integer("People trained", compute="_compute_trained")
    date_trained = fields.Date("Last training on", compute="_compute_trained")
    trained_text = fields.Char("Trained", compute="_compute_trained")

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"training_ids"}

    @api.depends("training_ids.date", "training_ids.attendee_ids.name")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_trained(self):
        trained = self._get_trained()
        for lesson in self:
            count, last = trained.get(lesson._origin.id, (0, False))
            lesson.trained_count = count
            lesson.date_trained = last
            lesson.trained_text = bool(count) and self._get_trained_text(count, last)

    @api.model
    def _get_trained_text(self, count, last):
        """:return: how many were trained, and when the last time, in words"""
        date = format_date(self.env, last)
        if count == 1:
            return self.env._("1 person, last on %s", date)
        return self.env._("%(count)s people, last on %(date)s", count=count, date=date)

    def _get_trained(self):
        """Trainings of the user's companies that took place; whoever came twice is one person.

        :return: dict lesson id → (number of people, date of the last training)
        """
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        trainings = self.env["complaint.training"]
        attendees = self.env["complaint.training.attendee"]
        relation = trainings._fields["lesson_ids"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.lesson_id,
                       COUNT(DISTINCT COALESCE(%(user)s::text, lower(trim(%(name)s)))),
                       MAX(%(date)s)
                  FROM %(relation)s rel
                  JOIN complaint_training t ON t.id = rel.training_id
             LEFT JOIN complaint_training_attendee a ON a.training_id = t.id
                 WHERE rel.lesson_id IN %(ids)s AND t.company_id IN %(companies)s
                   AND %(date)s <= %(today)s
              GROUP BY rel.lesson_id
                """,
                user=SQL.identifier("a", "user_id", to_flush=attendees._fields["user_id"]),
                name=SQL.identifier("a", "name", to_flush=attendees._fields["name"]),
                date=SQL.identifier("t", "date", to_flush=trainings._fields["date"]),
                relation=SQL.identifier(relation.relation, to_flush=relation),
                ids=ids,
                companies=tuple(self.env.companies.ids),
                today=fields.Date.context_today(self),
            )
        )
        return {lesson_id: (count, last) for lesson_id, count, last in rows}
