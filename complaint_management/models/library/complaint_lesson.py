from odoo import api, fields, models
from odoo.exceptions import UserError

from ..complaint.complaint_complaint import INSIDE_GROUPS
from ..complaint.complaint_state_guard import EVERYTHING

LESSON_STATES = [
    ("draft", "Draft"),
    ("review", "In Review"),
    ("published", "Published"),
    ("retired", "Retired"),
]
# From here on colleagues rely on it.
SETTLED_STATES = ("published", "retired")
# What the reader reads; whoever writes one of these does not publish the lesson (four eyes).
LESSON_TEXTS = (
    "name",
    "problem",
    "recognition",
    "cause",
    "measure",
    "advice",
    "key_points",
    "quiz",
)


class ComplaintLesson(models.Model):
    """What we learned from a case, in words that name nobody: the case library (R52).

    A published lesson is frozen; :meth:`action_revise` makes the next version, and the old one
    stays readable until that one is published. Its verbs are in ``complaint_lesson_verbs``, what
    it must not say in ``complaint_lesson_neutral``, how it is found in ``complaint_lesson_search``,
    how it comes from a case in ``complaint_lesson_making``. Operators, penalties and costs have no
    field here.
    """

    _name = "complaint.lesson"
    _description = "Lesson"
    _inherit = ["complaint.state.guard", "mail.thread", "mail.activity.mixin"]
    _order = "date_published desc, id desc"
    _check_company_auto = True
    _FROZEN_FIELDS = {"published": EVERYTHING}
    _SETTLING_STAGES = frozenset({"published"})
    # Where it is found, and who looks after it
    _LIVING_FIELDS = frozenset(
        {
            "owner_id",
            "team_id",
            "tag_ids",
            "product_ids",
            "product_category_ids",
            "defect_ids",
            "category_ids",
            "cause_category_ids",
            "department_ids",
        }
    )

    name = fields.Char("Title", required=True, tracking=True)
    problem = fields.Text(help="What went wrong, as anybody would see it; no customer, no number.")
    recognition = fields.Text("How to recognise it", help="By what one sees it, the next time.")
    cause = fields.Text(help="Why it happened and why nobody noticed; never who.")
    measure = fields.Text(help="What was changed so that it does not happen again.")
    advice = fields.Text("What to do next time")
    key_points = fields.Text("Points to remember", help="One a line; printed for trainings.")
    quiz = fields.Text("Questions", help="One a line; printed with room for an answer.")
    picture_ids = fields.One2many("complaint.lesson.picture", "lesson_id", "Pictures")
    cover_id = fields.Many2one("complaint.lesson.picture", compute="_compute_cover_id")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self.env.user.lang or "en_US",
        help="The lesson is written in it; its sheet is printed in it.",
    )
    product_ids = fields.Many2many(
        "product.template",
        "complaint_lesson_product_rel",
        "lesson_id",
        "product_tmpl_id",
        "Products",
        check_company=True,
    )
    product_category_ids = fields.Many2many(
        "product.category", "complaint_lesson_product_category_rel", "lesson_id", "category_id"
    )
    defect_ids = fields.Many2many(
        "complaint.defect",
        "complaint_lesson_defect_rel",
        "lesson_id",
        "defect_id",
        "Defects",
        check_company=True,
    )
    category_ids = fields.Many2many(
        "complaint.category",
        "complaint_lesson_category_rel",
        "lesson_id",
        "category_id",
        "Complaint categories",
        check_company=True,
    )
    cause_category_ids = fields.Many2many(
        "complaint.cause.category",
        "complaint_lesson_cause_category_rel",
        "lesson_id",
        "cause_category_id",
        "Cause categories",
        check_company=True,
    )
    department_ids = fields.Many2many(
        "complaint.department",
        "complaint_lesson_department_rel",
        "lesson_id",
        "department_id",
        "Departments",
        check_company=True,
    )
    tag_ids = fields.Many2many(
        "complaint.lesson.tag",
        "complaint_lesson_tag_rel",
        "lesson_id",
        "tag_id",
        "Tags",
        check_company=True,
    )
    source_ids = fields.Many2many(
        "complaint.complaint",
        "complaint_lesson_source_rel",
        "lesson_id",
        "complaint_id",
        "Learned from",
        groups=INSIDE_GROUPS,
        copy=False,
        readonly=True,
    )
    helped_ids = fields.Many2many(
        "complaint.complaint",
        "complaint_lesson_helped_rel",
        "lesson_id",
        "complaint_id",
        "Helped with",
        groups=INSIDE_GROUPS,
        copy=False,
        readonly=True,
    )
    helped_count = fields.Integer(
        "Times it helped", compute="_compute_helped_count", store=True, compute_sudo=True
    )
    author_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, copy=False, index=True
    )
    writer_ids = fields.Many2many(
        "res.users",
        "complaint_lesson_writer_rel",
        "lesson_id",
        "user_id",
        "Written by",
        readonly=True,
        copy=False,
        help="Everybody who wrote this version; somebody else publishes it.",
    )
    owner_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        copy=False,
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Looks from time to time whether it is still true.",
    )
    team_id = fields.Many2one(
        "complaint.team",
        default=lambda self: self._default_team_id(),
        index="btree_not_null",
        help="Whose quality manager reads it; of a lesson for all companies, too.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    state = fields.Selection(
        LESSON_STATES, required=True, default="draft", readonly=True, copy=False, tracking=True
    )
    version = fields.Integer(default=1, readonly=True, copy=False)
    text_version = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Counts changes of the text, so that nobody publishes what he did not see.",
    )

    _newest_idx = models.Index("(date_published DESC, id DESC)")
    _positive_version = models.Constraint("CHECK(version > 0)", "Versions count from 1.")

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "source_ids",
            "helped_ids",
            "author_id",
            "writer_ids",
            "version",
            "text_version",
        }

    @api.model
    def _default_team_id(self):
        """:return: the first ``complaint.team`` of the company"""
        return self.env["complaint.team"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("picture_ids.sequence")
    def _compute_cover_id(self):
        for lesson in self:
            lesson.cover_id = lesson.picture_ids[:1]

    @api.depends("helped_ids")
    def _compute_helped_count(self):
        for lesson in self:
            lesson.helped_count = len(lesson.helped_ids)

    @api.depends("name", "version")
    def _compute_display_name(self):
        for lesson in self:
            later = f" (v{lesson.version})" if lesson.version > 1 else ""
            lesson.display_name = f"{lesson.name or ''}{later}"

    # ------------------------------------------------------------
    # Who wrote what
    # ------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Remember the writer: he does not publish it."""
        lessons = super().create(vals_list)
        lessons._note_writer()
        return lessons

    def write(self, vals):
        """Count a new text, and remember who wrote it."""
        names = self._get_written_fields().intersection(vals)
        changed = self.filtered(lambda le: any(le._is_other_value(n, vals[n]) for n in names))
        result = super().write(vals)
        changed._note_writer()
        return result

    @api.model
    def _get_written_fields(self):
        """Hook: names of the fields that say something: who writes one does not publish."""
        return set(LESSON_TEXTS)

    def _note_writer(self):
        """A text or a picture of these lessons is the user's, too, from now on."""
        for version, lessons in self.grouped("text_version").items():
            lessons._write_trusted(
                {
                    "writer_ids": [fields.Command.link(self.env.uid)],
                    "text_version": version + 1,
                }
            )

    def unlink(self):
        """Take the pictures along, whose files a cascade in the database would leave behind."""
        self.check_access("unlink")
        if not self._is_trusted():
            self._check_deletable()
        self.picture_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------
    # What colleagues rely on stays
    # ------------------------------------------------------------
    def _get_frozen_stages(self):
        self.ensure_one()
        return {"published"} if self.state in SETTLED_STATES else set()

    def _refuse_frozen(self, names):
        labels = self.fields_get(names, ["string"]).values()
        raise UserError(
            self.env._(
                "“%(lesson)s” is published, %(fields)s stay as they are. Press “Revise” for a new "
                "version.",
                lesson=self.display_name,
                fields=", ".join(sorted(label["string"] for label in labels)),
            )
        )

    def _check_deletable(self):
        """Drafts may go; what was once published is retired (T20)."""
        super()._check_deletable()
        settled = self.filtered(lambda lesson: lesson.state in SETTLED_STATES)
        if settled:
            raise UserError(
                self.env._(
                    "Colleagues were shown these lessons: retire them instead of deleting. %s",
                    ", ".join(settled.mapped("display_name")),
                )
            )
