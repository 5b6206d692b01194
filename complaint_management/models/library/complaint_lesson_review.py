from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..complaint.batches import in_batches, run_isolated
from ..complaint.complaint_complaint import OVERSEEING_GROUPS, QUALITY_GROUP

BATCH_SIZE = 100
WRITER_GROUP = "complaint_management.group_complaint_user"
ACTIVITY_TYPE = "complaint_management.mail_activity_type_lesson"


class ComplaintLessonReview(models.Model):
    """Lessons grow old: from time to time somebody looks whether each is still true (R52).

    The job picks by state (T14): published, due, and without an open activity. What an outage left
    is caught up, what somebody deleted comes again, and nobody is asked twice.
    """

    _inherit = "complaint.lesson"

    date_reviewed = fields.Date("Last reviewed on", readonly=True, copy=False)
    date_next_review = fields.Date(
        "Next review on", readonly=True, copy=False, index="btree_not_null"
    )

    is_review_due = fields.Boolean(compute="_compute_is_review_due")
    is_review_stuck = fields.Boolean(
        "Nobody could be asked",
        readonly=True,
        copy=False,
        help="Its review is due, and it has no owner or author who works for its company and may "
        "write lessons, nor has the company anybody of quality; or asking failed.",
    )
    review_error = fields.Char(readonly=True, copy=False, groups=OVERSEEING_GROUPS)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "date_reviewed",
            "date_next_review",
            "is_review_stuck",
            "review_error",
        }

    @api.depends("state", "date_next_review")
    def _compute_is_review_due(self):
        today = fields.Date.context_today(self)
        for lesson in self:
            due = lesson.date_next_review
            lesson.is_review_due = lesson.state == "published" and bool(due) and due <= today

    def action_confirm(self):
        """It is still true: the next look is due in so many months (a setting).

        :raise AccessError: for others than quality and the owner
        """
        self._check_lesson_verb("confirm")
        self._plan_review()
        self._end_activities()
        for lesson in self:
            lesson._message_log(body=self.env._("Reviewed: still valid."))

    def _plan_review(self):
        """Reviewed today; the next time by the setting of the lesson's company, 0 months: never."""
        today = fields.Date.context_today(self)
        for company, lessons in self.grouped(lambda le: le._get_home_company()).items():
            months = company.complaint_lesson_review_months
            lessons._write_trusted(
                {
                    "date_reviewed": today,
                    "date_next_review": months and today + relativedelta(months=months),
                }
            )
        self._note_stuck(False)

    def _get_home_company(self):
        """:return: ``res.company`` whose settings count, by sudo; of a lesson for all its team's"""
        self.ensure_one()
        # sudo: a setting, to whoever reviews
        lesson = self.sudo()
        people = lesson.owner_id or lesson.author_id
        return lesson.company_id or lesson.team_id.company_id or people.company_id

    # ------------------------------------------------------------
    # Who is asked
    # ------------------------------------------------------------
    def _get_review_user(self, without=None):
        """Who looks at the lesson: its owner, its author, else whoever plays quality.

        :param without: ``res.users`` passed over
        :return: ``res.users``, empty where the company has nobody at all
        """
        self.ensure_one()
        without = without or self.env["res.users"]
        company = self._get_home_company() or self.env.company
        teams = self.env["complaint.team"]
        # sudo: who left, and who may write lessons, are configuration
        lesson = self.sudo()
        for user in (lesson.owner_id | lesson.author_id) - without:
            if teams._is_available(user, company) and user.has_group(WRITER_GROUP):
                return user.sudo(False)
        return self._get_quality_user(without)

    def _get_quality_user(self, without):
        """:param without: ``res.users`` passed over, such as the writers
        :return: ``res.users`` of quality who may read and publish it, else empty
        """
        self.ensure_one()
        company = self._get_home_company() or self.env.company
        # sudo: who plays a function is configuration
        team = self.sudo().team_id
        row = team.function_ids.filtered(lambda f: f.function == "quality")[:1]
        line = [row.user_id, row.backup_user_id, team.user_id]
        able = [u for u in line if u and u.has_group(QUALITY_GROUP)]
        user = team._pick_present(able, company, without)
        return user.sudo(False) or team._get_last_resort(company, without)

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------
    def _ask_reviewers(self):
        """Somebody of quality who did not write it has it to read."""
        self._end_activities()
        people = {le: le._get_quality_user(le.writer_ids) for le in self}
        self._schedule(people, self.env._("Read the lesson and publish it, or send it back"))

    def _tell_authors(self, reason):
        """:param str reason: what is to be mended"""
        self._end_activities()
        people = {le: le._get_review_user() for le in self}
        self._schedule(people, self.env._("Mend the lesson and submit it again"), reason)

    def _schedule(self, people, summary, note=None):
        """One activity a lesson, in one batch.

        :param dict people: ``complaint.lesson`` → ``res.users``; nobody is asked where it is empty
        :param str summary: translated
        :param str note: plain text
        """
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        if not kind:
            return
        # sudo: a to-do for somebody else; whoever causes it may do so by its verb
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": lesson.id,
                    "activity_type_id": kind.id,
                    "summary": summary,
                    "note": note,
                    "user_id": user.id,
                    "date_deadline": fields.Date.context_today(self),
                    "automated": True,
                }
                for lesson, user in people.items()
                if user
            ]
        )

    def _end_activities(self):
        """What was asked is answered."""
        # sudo: somebody else's to-do, answered by the verb that was just pressed
        self.env["mail.activity"].sudo().search(self._get_activity_domain()).unlink()

    def _get_activity_domain(self):
        """:return: list, domain of the to-dos that ask somebody about these lessons"""
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        return [
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("activity_type_id", "=", kind.id if kind else 0),
        ]

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------
    @api.model
    def _get_due_domain(self):
        """:return: ``Domain`` of the lessons somebody is to be asked about now"""
        kind = self.env.ref(ACTIVITY_TYPE, raise_if_not_found=False)
        asked = Domain("activity_ids", "any", [("activity_type_id", "=", kind.id if kind else 0)])
        return (
            Domain("state", "=", "published")
            & Domain("date_next_review", "<=", fields.Date.context_today(self))
            & ~asked
        )

    @api.model
    def _cron_review(self, batch_size=BATCH_SIZE):
        """Ask the owners whether their lessons are still true.

        :param int batch_size: lessons per transaction
        """
        due = self.search(self._get_due_domain(), order="date_next_review, id")
        for batch in in_batches(due, batch_size):
            for lesson, error in run_isolated(batch, type(self)._ask_owners):
                lesson.invalidate_recordset()
                if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                    lesson._note_stuck(True, str(error) or type(error).__name__)

    def _ask_owners(self):
        """Ask about those that are due; those nobody can be asked about are shown (T14)."""
        people = {le: le._get_review_user() for le in self.filtered_domain(self._get_due_domain())}
        self.browse().concat(*(le for le, user in people.items() if not user))._note_stuck(True)
        people = {le: user for le, user in people.items() if user}
        self.browse().concat(*people)._note_stuck(False)
        for lang, lessons in self.grouped(lambda le: people.get(le) and people[le].lang).items():
            told = self.with_context(lang=lang or self.env.lang)
            self._schedule(
                {le: people[le] for le in lessons if le in people},
                told.env._("Is the lesson still true? Press “Still Valid”, “Revise” or “Retire”"),
            )

    def _note_stuck(self, is_stuck, error=False):
        """Keep whether somebody could be asked; the list has a filter for those it is not so.

        :param str error: what went wrong, where something did
        """
        # sudo: the error is for quality, whoever's verb takes it away
        other = self.sudo().filtered(
            lambda le: le.is_review_stuck != is_stuck or le.review_error != error
        )
        if other:
            other._write_trusted({"is_review_stuck": is_stuck, "review_error": error})
