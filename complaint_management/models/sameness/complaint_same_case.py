from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..complaint.complaint_complaint import INSIDE_GROUPS, OVER_STATES
from .complaint_same_case_keys import RANKS

# While somebody takes a case in: later on everybody knows what it is.
SEEING_STATES = ("draft", "submitted", "registered")
SHOWN = 5
MOST_REASONS = 3


class ComplaintSameCase(models.Model):
    """While writing one sees the open cases that may be the same (R5, R15, T3).

    One query by the strong signs, one more for other customers' cases where room is left, however
    many lines there are. Only cases the user may read are found; others are not counted either.
    """

    _inherit = "complaint.complaint"

    same_cases = fields.Json(
        "Maybe the same case",
        compute="_compute_same_cases",
        groups=INSIDE_GROUPS,
        exportable=False,
        help="Open complaints about the same goods or customer, the likeliest first.",
    )

    # Open cases are few among all: what is looked up while writing looks at these only
    _open_partner_idx = models.Index(
        "(partner_id, date_received) WHERE state NOT IN ('closed', 'cancelled')"
    )
    _open_defect_idx = models.Index(
        "(defect_id, date_received) WHERE state NOT IN ('closed', 'cancelled')"
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    @api.depends(
        "state",
        "company_id",
        "partner_id",
        "defect_id",
        "picking_id",
        "customer_reference",
        "customer_order_ref",
        "line_ids.product_id",
        "line_ids.lot_ids",
        "line_ids.lot_name",
        "line_ids.defect_id",
        "line_ids.sale_line_id",
        "line_ids.move_id",
        "line_ids.quantity_complained",
        "line_ids.quantity_unsaid",
    )
    def _compute_same_cases(self):
        """A form shows one complaint: there are two queries for each, not for a list."""
        for complaint in self:
            seeing = complaint.state in SEEING_STATES
            complaint.same_cases = (seeing and complaint._find_same_cases()) or False

    def _find_same_cases(self):
        """:return: list of at most ``SHOWN`` dicts ``id, number, title, date, state, state_label,
        owner, why, is_other_customer, is_others``, the likeliest first; dates in UTC as text
        """
        self.ensure_one()
        keys = self._get_same_case_keys()
        signs = self._get_same_case_signs(keys)
        rows = self._fetch_same_cases(SQL(" UNION ALL ").join(signs), SHOWN) if signs else []
        left = SHOWN - len(rows)
        if left and keys["products"] and keys["defects"]:
            rows += self._fetch_same_cases(self._get_others_sign(keys), left, [r[0] for r in rows])
        return [self._prepare_same_case(row, keys) for row in rows]

    def _prepare_same_case(self, row, keys):
        """:param tuple row: as of :meth:`_fetch_same_cases`
        :return: dict of what is shown about one case
        """
        case_id, number, title, received, state, owner, customer_id, reasons = row
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": case_id,
            "number": number,
            "title": title or "",
            "date": fields.Datetime.to_string(received),
            "state": state,
            "state_label": states[state],
            "owner": owner or "",
            "why": self._get_same_case_reasons(reasons, keys),
            "is_other_customer": customer_id != (keys["customer_id"] or None),
            "is_others": reasons[0][0] == RANKS["others"],
        }

    def _get_same_case_reasons(self, reasons, keys):
        """:param list reasons: ``[rank, sign, key]``, the strongest first
        :return: translated text, such as “same lot 4711, same delivery WH/OUT/12”
        """
        texts = {
            "lot": lambda key: self.env._("same lot %s", keys["lot_names"].get(key, key)),
            "delivery": lambda key: self.env._("same delivery %s", keys["deliveries"][int(key)]),
            "order_line": lambda key: self.env._("same line of %s", keys["order_lines"][int(key)]),
            "product_defect": lambda _key: self.env._("same product and defect"),
            "reference": lambda key: self.env._("same reference %s", keys["references"][key]),
            "product": lambda _key: self.env._("same product"),
            "others": lambda _key: self.env._("others have this too: same product and defect"),
        }
        signs = {sign for _rank, sign, _key in reasons}
        # Who has the same delivery has its order, whose lines say less
        weaker = {"delivery": "order_line", "product_defect": "product", "lot": "product"}
        hidden = {weak for strong, weak in weaker.items() if strong in signs}
        shown = [texts[sign](key) for _rank, sign, key in reasons if sign not in hidden]
        return ", ".join(dict.fromkeys(shown[:MOST_REASONS]))

    # ------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------
    def _get_same_case_domain(self):
        """:return: ``Domain`` of the cases that may be shown: open, of the company, and no unsaid
        work of a colleague; mails and forms of customers are nobody's
        """
        self.ensure_one()
        mine = Domain("create_uid", "=", self.env.uid) | Domain("user_id", "=", self.env.uid)
        begun = ~Domain("state", "=", "draft") | mine | Domain("sender_state", "!=", False)
        return (
            Domain("company_id", "=", (self.company_id or self.env.company)._origin.id)
            & Domain("state", "not in", OVER_STATES)
            & Domain("id", "!=", self._origin.id)
            & begun
        )

    def _fetch_same_cases(self, hits, limit, without=()):
        """:param SQL hits: query of ``id, sign, key`` of candidates, whoever may read them
        :param without: ids that are known already
        :return: list of tuples ``id, name, subject, date_received, state, owner, customer id,
            reasons``, the likeliest first; as far as the user may read them
        """
        domain = self._get_same_case_domain() & Domain("id", "not in", list(without))
        ranks = SQL(", ").join(SQL("(%s, %s)", sign, rank) for sign, rank in RANKS.items())
        self.env["complaint.line"].flush_model()
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                  WITH hit AS MATERIALIZED (%(hits)s),
                       rank (sign, rank) AS (VALUES %(ranks)s),
                       likely AS (
                       SELECT hit.id, min(rank.rank) AS best,
                              json_agg(DISTINCT jsonb_build_array(rank.rank, hit.sign, hit.key))
                                  AS reasons
                         FROM hit JOIN rank USING (sign)
                     GROUP BY hit.id)
                SELECT c.id, c.name, c.subject, c.date_received, c.state, owner.name,
                       customer.commercial_partner_id, likely.reasons
                  FROM likely
                  JOIN complaint_complaint c ON c.id = likely.id
             LEFT JOIN res_users u ON u.id = COALESCE(c.lead_user_id, c.user_id)
             LEFT JOIN res_partner owner ON owner.id = u.partner_id
             LEFT JOIN res_partner customer ON customer.id = c.partner_id
                 WHERE c.id IN %(visible)s
              ORDER BY likely.best, customer.commercial_partner_id IS DISTINCT FROM %(customer)s,
                       c.date_received DESC, c.id DESC
                 LIMIT %(limit)s
                """,
                hits=hits,
                ranks=ranks,
                customer=self.partner_id.commercial_partner_id._origin.id or None,
                # The user's own rights: record rules are in it
                visible=self._search(domain).subselect(),
                limit=limit,
            )
        )
