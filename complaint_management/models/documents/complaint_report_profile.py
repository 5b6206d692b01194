from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from .complaint_report import REPORT_KINDS

ADDRESSEES = [("customer", "The customer"), ("complainant", "The complainant")]
# What we offer, and so money, never stands in an 8D report (practice: *never*).
NOT_IN_8D = ("requests", "answers")
# Longer than any line of supporters of the same firm; a chain that never ends stops here.
MAX_CHAIN = 20


class ComplaintReportProfile(models.Model):
    """How an addressee wants his documents: which, with what in it, in whose words (R44, R72).

    Its companies and people inherit a partner's profile; the nearest one wins. One without
    partner serves everybody else, a company's own before a shared one. Texts are plain text with
    placeholders of one list (T12), never code. Which profile a document uses is chosen when it is
    generated (``complaint_report_choice``) and may be changed on the draft.
    """

    _name = "complaint.report.profile"
    _description = "Report Profile"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "For",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
        help="Its companies and people inherit it; the nearest profile wins. Empty: everybody "
        "else.",
    )
    addressee = fields.Selection(
        ADDRESSEES,
        "Goes to",
        required=True,
        default="customer",
        help="The complainant gets it himself where his address is known, e.g. the hotel whose "
        "dealer is our customer.",
    )
    kind = fields.Selection(REPORT_KINDS, "Document", required=True, default="preventive")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        help="Empty: the addressee's.",
    )
    layout = fields.Selection(
        [("letterhead", "Our letterhead"), ("plain", "Plain")],
        required=True,
        compute="_compute_layout",
        store=True,
        readonly=False,
        precompute=True,
        help="Plain: a form with our name, without letterhead.",
    )
    title = fields.Char(translate=True, help="Empty: as we call the document.")
    intro = fields.Text(
        "Introduction",
        translate=True,
        help="Instead of our own opening words. Plain text with placeholders.",
    )
    closing = fields.Text(
        translate=True, help="Instead of our own closing words. Plain text with placeholders."
    )
    section_ids = fields.One2many(
        "complaint.report.profile.section",
        "profile_id",
        "Sections",
        compute="_compute_section_ids",
        store=True,
        readonly=False,
        copy=True,
    )

    placeholder_list = fields.Json(
        compute="_compute_placeholder_list", help="What the editor of a text offers to insert."
    )

    # ------------------------------------------------------------
    # His numbers, his deadlines
    # ------------------------------------------------------------
    supplier_code = fields.Char(
        "Our supplier code", help="The number under which the customer keeps us."
    )
    plant = fields.Char(
        "Customer's plant", help="Printed where the complaint itself does not name one."
    )
    form_number = fields.Char(
        "Form number", help="Number and revision of the form in the customer's quality system."
    )
    due_d3 = fields.Float(
        "D3 due (days)", help="Working days from receipt: containment. 0: not asked for."
    )
    due_d5 = fields.Float(
        "D5 due (days)", help="Working days from receipt: causes and measures. 0: not asked for."
    )
    due_d8 = fields.Float(
        "D8 due (days)", help="Working days from receipt: closed. 0: not asked for."
    )

    _days_not_negative = models.Constraint(
        "CHECK(due_d3 >= 0 AND due_d5 >= 0 AND due_d8 >= 0)",
        "Days cannot be negative; 0 means that the stage is not asked for.",
    )

    @api.depends("kind")
    def _compute_layout(self):
        for profile in self:
            profile.layout = "plain" if profile.kind == "8d" else "letterhead"

    @api.depends("kind")
    def _compute_section_ids(self):
        """Another document has other sections: start from those it has by default."""
        for profile in self:
            codes = self.env["complaint.report"]._get_section_titles(profile.kind)
            if profile.section_ids and set(profile.section_ids.mapped("code")) <= set(codes):
                profile.section_ids = profile.section_ids
                continue
            profile.section_ids = [Command.clear()] + [
                Command.create({"code": code, "sequence": 10 * number})
                for number, code in enumerate(codes, 1)
            ]

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_placeholder_list(self):
        for record in self:
            record.placeholder_list = self.env["complaint.report.profile"]._get_placeholder_choices(
                record.kind
            )

    @api.model
    def _get_placeholder_choices(self, kind):
        """:return: list of ``[key, label]``: what may stand in a text of this document (T12)"""
        left_out = NOT_IN_8D if kind == "8d" else ()
        placeholders = self.env["complaint.report"]._get_placeholders()
        return [[key, label] for key, label in placeholders.items() if key not in left_out]

    @api.constrains("title", "intro", "closing", "kind")
    def _check_texts(self):
        """:raise ValidationError: for what is no placeholder of the list (T12)"""
        for profile in self:
            for text in (profile.title, profile.intro, profile.closing):
                profile._check_text(text)

    def _check_text(self, text):
        """Refuse code, and in an 8D report what we offer to the customer.

        :param str text: plain text; may be empty
        :raise ValidationError: naming what is not allowed
        """
        self.ensure_one()
        reports = self.env["complaint.report"]
        reports._check_placeholders(text)
        if self.kind != "8d":
            return
        labels = reports._get_placeholders()
        for key in NOT_IN_8D:
            if text and key in reports._find_placeholder_keys(text):
                raise ValidationError(
                    self.env._(
                        "“%s” does not belong in an 8D report: what we offer the customer goes "
                        "to him in a letter of its own.",
                        labels[key],
                    )
                )

    @api.constrains("due_d3", "due_d5", "due_d8")
    def _check_due_order(self):
        """:raise ValidationError: when a later stage is due before an earlier one"""
        for profile in self:
            days = [d for d in (profile.due_d3, profile.due_d5, profile.due_d8) if d]
            if days != sorted(days):
                raise ValidationError(
                    self.env._(
                        "%s: D3 is due before D5, and D5 before D8. Change the days.",
                        profile.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Finding one
    # ------------------------------------------------------------
    @api.model
    def _find(self, company, chain, kind=None, addressee=None):
        """Find the profile nearest to an addressee, in one query.

        :param company: ``res.company`` of the complaint
        :param chain: list of ids of ``res.partner``, the nearest first; empty: only fallback rows
        :param str kind: only profiles of this document
        :param str addressee: only profiles that go to the customer or to the complainant
        :return: ``complaint.report.profile``, empty where none fits
        """
        domain = [
            ("company_id", "in", [company.id, False]),
            ("partner_id", "in", [*chain, False]),
        ]
        if kind:
            domain.append(("kind", "=", kind))
        if addressee:
            domain.append(("addressee", "=", addressee))
        # sudo: a document is generated in the addressee's way, whoever may read configuration
        profiles = self.sudo().search(domain)
        place = {partner_id: number for number, partner_id in enumerate(chain)}
        return profiles.sorted(
            lambda p: (
                place.get(p.partner_id.id, len(place)),
                not p.company_id,
                p.sequence,
                p.id,
            )
        )[:1].sudo(False)

    @api.model
    def _get_chain(self, partner):
        """:return: list of ids: ``partner``, what he belongs to, and so on up to the group"""
        chain = []
        # sudo: whose profile is inherited, whoever may read the partners above
        partner = partner.sudo()
        while partner and partner.id not in chain and len(chain) < MAX_CHAIN:
            chain.append(partner.id)
            partner = partner.parent_id
        return chain
