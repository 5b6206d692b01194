from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from .complaint_lesson import SETTLED_STATES

LESSON = "complaint.lesson"


class ComplaintLessonConcerned(models.Model):
    """Whom one of its cases is about has no part in a lesson (R73).

    What is published names nobody and is for everybody. Until then it is the case in other words:
    record rules close it to him, and ``erp/complaint_discreet_lessons`` what Odoo keeps beside it.
    He decides nothing about a lesson, and what he had to do with it somebody else is asked.
    """

    _inherit = "complaint.lesson"

    # Record rules look here: Odoo checks them in memory with all rights, and what it then finds in
    # a field stays cached for the user, who may not read every case.
    rule_source_ids = fields.Many2many(
        "complaint.complaint",
        "complaint_lesson_source_rel",
        "lesson_id",
        "complaint_id",
        "Learned from (record rules)",
        groups=NO_ACCESS,
        copy=False,
        readonly=True,
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {"rule_source_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        lessons = super().create(vals_list)
        lessons.invalidate_recordset(["rule_source_ids"], flush=False)
        return lessons

    def write(self, vals):
        """Both fields show the same cases."""
        result = super().write(vals)
        if "source_ids" in vals:
            self.invalidate_recordset(["rule_source_ids"], flush=False)
        return result

    @api.depends("rule_source_ids.concerned_user_ids")
    def _compute_can(self):
        super()._compute_can()

    def _get_concerned_users(self):
        """:return: ``res.users`` whom the cases of these lessons are about"""
        # sudo: whom to shut out is asked for everybody
        return self.sudo().rule_source_ids._get_concerned_users().with_env(self.env)

    def _has_verb_right(self, verb):
        """See super; not for whom it is about, whatever his role."""
        return self.env.user not in self._get_concerned_users() and super()._has_verb_right(verb)

    def _get_lesson_refusal(self, verb):
        """See super; who is shut out is not told why."""
        if self.env.user in self._get_concerned_users():
            return self.env._("Somebody else decides about “%s”.", self.name)
        return super()._get_lesson_refusal(verb)

    def _get_review_user(self, without=None):
        """See super; nobody whom it is about."""
        concerned = self._get_concerned_users()
        return super()._get_review_user(concerned | without if without else concerned)

    def _get_quality_user(self, without):
        """See super; nobody whom it is about."""
        return super()._get_quality_user(self._get_concerned_users() | without)

    def _ask_others(self, users):
        """Somebody else is asked what ``users`` had to do with these lessons."""
        # sudo: to-dos of others, of whom only the lesson is looked at
        activities = self.env["mail.activity"].sudo()
        asked = activities.search([*self._get_activity_domain(), ("user_id", "in", users.ids)])
        lessons = self.browse(asked.mapped("res_id"))
        lessons.filtered(lambda le: le.state == "review")._ask_reviewers()
        for lesson in lessons.filtered(lambda le: le.state == "draft"):
            lesson._tell_authors(lesson.return_reason)
        # The job asks the next in line
        lessons.filtered(lambda le: le.state in SETTLED_STATES)._end_activities()

    # ------------------------------------------------------------
    # Its chatter
    # ------------------------------------------------------------
    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Whom it is about does not follow it, whoever adds him."""
        # sudo: ids to compare
        about = self._get_concerned_users().sudo().partner_id.ids
        partner_ids = [pid for pid in partner_ids or () if pid not in about]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Whom it is about is notified of nothing, whoever mentions him."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        # sudo: whom to shut out, whoever posts
        return self.sudo().rule_source_ids._without_concerned(recipients)


class ComplaintConcernedLessons(models.Model):
    """The lessons of a case are closed with it, as long as they are being written (R73)."""

    _inherit = "complaint.complaint"

    def _hand_over_concerned_activities(self, users):
        """See super; lessons have their own people, who may publish them."""
        # sudo: to-dos of others
        lessons = self.env[LESSON].sudo().search([("source_ids", "in", self.ids)])
        lessons._ask_others(users)
        return super()._hand_over_concerned_activities(users)

    def _get_part_ids(self, model_name):
        if model_name != LESSON:
            return super()._get_part_ids(model_name)
        # sudo: to find what hangs on them; nothing is shown
        lessons = self.env[LESSON].sudo()
        return lessons.search(
            [("source_ids", "in", self.ids), ("state", "not in", SETTLED_STATES)]
        ).ids
