from odoo import api, models
from odoo.tools import SQL


class ComplaintRepeat(models.Model):
    """Whether the same customer complained about the same thing not long ago (R15, R53)."""

    _inherit = "complaint.complaint"

    _partner_received_idx = models.Index("(partner_id, date_received)")

    @api.depends("date_registered", "partner_id", "defect_id", "line_ids.product_id")
    def _compute_is_repeat(self):
        """Look back from the day it came in; a draft is nobody's case yet and asks nothing."""
        saved = self.filtered(lambda c: c.date_registered and c.partner_id and c.id)
        repeated = saved._get_repeated_ids()
        for complaint in self:
            if complaint.date_registered and complaint.partner_id and not complaint.id:
                # While somebody edits the form: what was known when he opened it.
                complaint.is_repeat = complaint._origin.is_repeat
            else:
                complaint.is_repeat = complaint.id in repeated

    def _get_repeated_ids(self):
        """Find those whose customer has an earlier case with the same defect or product.

        One query however many complaints. Drafts, cancelled cases and duplicates do not count; the
        months to look back are the company's.

        :return: set of ids
        """
        if not self:
            return set()
        self._flush_for_repeat()
        self.env["complaint.line"].flush_model(["complaint_id", "product_id"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        query = SQL(
            """
            SELECT this.id
              FROM complaint_complaint this
              JOIN res_company company ON company.id = this.company_id
              JOIN res_partner customer ON customer.id = this.partner_id
             WHERE this.id IN %(ids)s
               AND EXISTS (
                    SELECT 1
                      FROM complaint_complaint other
                      JOIN res_partner person ON person.id = other.partner_id
                     WHERE person.commercial_partner_id = customer.commercial_partner_id
                       AND other.company_id = this.company_id
                       AND (other.date_received, other.id) < (this.date_received, this.id)
                       AND other.date_received >=
                           this.date_received - make_interval(months => company.%(months)s)
                       AND (other.date_registered IS NOT NULL OR other.id IN %(ids)s)
                       AND other.state != 'cancelled'
                       AND other.outcome IS DISTINCT FROM 'duplicate'
                       AND (other.defect_id = this.defect_id OR EXISTS (
                            SELECT 1
                              FROM complaint_line mine
                              JOIN complaint_line theirs ON theirs.product_id = mine.product_id
                             WHERE mine.complaint_id = this.id
                               AND theirs.complaint_id = other.id))
                   )
            """,
            ids=tuple(self.ids),
            months=SQL.identifier("complaint_repeat_months"),
        )
        return {row[0] for row in self.env.execute_query(query)}

    def _flush_for_repeat(self):
        """Write what the query reads. What registering is just stamping on these records is known
        to it already: without it, registering takes one update less.
        """
        names = ["company_id", "date_received", "defect_id", "partner_id"]
        for name in ("date_registered", "outcome", "state"):
            if set(self.env._field_dirty.get(self._fields[name], ())) - set(self._ids):
                names.append(name)
        self.flush_model(names)
