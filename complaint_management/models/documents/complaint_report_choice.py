from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ComplaintReportChoice(models.Model):
    """Which profile a document follows, and what follows from it (R44, R62).

    The profile is chosen when the document is generated; on a draft another one may be taken, and
    unedited sections follow.
    """

    _inherit = "complaint.report"

    profile_id = fields.Many2one(
        "complaint.report.profile",
        compute="_compute_profile_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('kind', '=', kind), ('company_id', 'in', (company_id, False))]",
        help="How this addressee wants the document; found by itself, may be changed on a draft.",
    )

    @api.depends("partner_id", "kind", "complaint_id")
    def _compute_profile_id(self):
        for report in self:
            if report.state != "draft":
                # What is approved keeps what it was approved with, also through an update
                report.profile_id = report.profile_id
                continue
            report.profile_id = report.complaint_id._find_report_profile(
                kind=report.kind, partner=report.partner_id
            )

    @api.constrains("profile_id", "kind")
    def _check_profile_kind(self):
        """:raise ValidationError: for a profile of another document: its texts may say
        what this one never says
        """
        for report in self:
            # sudo: the profile of a document the user may write
            profile = report.profile_id.sudo()
            if profile and profile.kind != report.kind:
                raise ValidationError(
                    self.env._("The report profile “%s” is for another document.", profile.name)
                )

    @api.model
    def _get_section_titles(self, kind):
        """:return: ordered dict section code → our own title, in the user's language"""
        return getattr(self, f"_get_titles_{kind}")() if kind else {}

    def _apply_profile(self, sections):
        """Let the profile leave sections out, order and name them, and add its own words.

        :param list sections: ``(code, title, body)`` as we write them
        :return: list of the same
        """
        self.ensure_one()
        # sudo: the profile of a document the user may write, whoever may read configuration
        profile = self.profile_id.sudo().with_context(lang=self.lang)
        rows = {row.code: row for row in profile.section_ids}
        ordered = profile.section_ids.sorted(lambda row: (row.sequence, row.id))
        order = {row.code: number for number, row in enumerate(ordered)}
        values = self._get_placeholder_values() if self._needs_placeholders(profile) else {}
        result = []
        for number, (code, title, body) in enumerate(sections):
            row = rows.get(code)
            if row and not row.is_printed:
                continue
            if row:
                title = self._fill_placeholders(row.title, values) or title
            body = self._get_profile_body(profile, row, code, body, values)
            result.append((order.get(code, number), number, code, title, body))
        return [(code, title, body) for _order, _number, code, title, body in sorted(result)]

    def _get_profile_body(self, profile, row, code, body, values):
        """:return: the text of a section: the profile's own words, then what is recorded"""
        own = {"opening": profile.intro, self._get_closing_code(): profile.closing}.get(code)
        if own:
            body = self._fill_placeholders(own, values)
        if row and row.body:
            text = self._fill_placeholders(row.body, values)
            body = text if row.replaces_recorded else "\n".join(filter(None, (text, body)))
        return body

    def _get_closing_code(self):
        """:return: code of the section with the closing words"""
        return "d8" if self.kind == "8d" else "closing"

    def _needs_placeholders(self, profile):
        """:return: whether any text of the profile has one: values cost a look at the whole case"""
        rows = profile.section_ids
        texts = [profile.intro, profile.closing, *rows.mapped("title"), *rows.mapped("body")]
        return any("{{" in text for text in texts if text)


class ComplaintReportAddressee(models.Model):
    """Whom a complaint's document goes to, and in which form (R62)."""

    _inherit = "complaint.complaint"

    def _find_report_profile(self, kind=None, partner=None):
        """Find the profile for a document of this complaint.

        The complainant's own profile comes first where he is to get it himself, then that of the
        customer's contact, company and group, then those without partner.

        :param str kind: only profiles of this document; None: the profile says which
        :param partner: ``res.partner`` the document is addressed to, default as found
        :return: ``complaint.report.profile``, empty where none fits
        """
        self.ensure_one()
        profiles = self.env["complaint.report.profile"]
        company = self.company_id or self.env.company
        complainant = self.complainant_id
        if complainant and partner in (None, complainant):
            chain = profiles._get_chain(complainant)
            found = profiles._find(company, chain, kind, "complainant")
            if found.sudo().partner_id:  # sudo: whether it is his own
                return found
        chain = profiles._get_chain(partner) if partner else []
        for person in (self.contact_id, self.partner_id):
            chain += [pid for pid in profiles._get_chain(person) if pid not in chain]
        return profiles._find(company, chain, kind)

    def _get_report_addressee(self, profile):
        """:return: ``res.partner`` a document of ``profile`` goes to; may be empty"""
        self.ensure_one()
        customer = self.contact_id or self.partner_id
        # sudo: where a document goes is asked by everybody who generates one
        if profile.sudo().addressee == "complainant":
            return self.complainant_id or customer
        return customer
