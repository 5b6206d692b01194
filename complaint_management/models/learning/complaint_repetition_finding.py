from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Key(NamedTuple):
    """What repeats itself."""

    company_id: int
    product_id: int
    defect_id: int | None
    cause_category_id: int | None


class Case(NamedTuple):
    """One complaint about it."""

    received: object  # datetime (UTC)
    id: int
    registered: object  # datetime (UTC)
    is_imported: bool


class ComplaintRepetitionFinding(models.Model):
    """Finds what repeats itself among new complaints; called by the job (R53).

    Complaints count as they do against measures (``complaint_action_likeness``): in the figures,
    not cancelled, not found unjustified. What follows for what is known is in
    ``complaint_repetition_following``.
    """

    _inherit = "complaint.repetition"

    @api.model
    def _find(self, complaints):
        """Propose, let grow or let lapse what these new or changed complaints are part of.

        Four queries for the batch, and those of what is written.

        :param complaints: registered ``complaint.complaint``; callers run as superuser
        """
        self.env.flush_all()
        known = self.search([("complaint_ids", "in", complaints.ids)])
        keys = self._fetch_keys(complaints) | {r._get_key() for r in known}
        if not keys:
            return
        known |= self._search_keys(keys)
        by_key = known.grouped(lambda r: r._get_key())
        cases = self._fetch_cases(keys, complaints | known.complaint_ids)
        made = []
        # Defects first: what they explain needs no second proposal by its cause
        for key in sorted(keys, key=lambda k: (k.defect_id is None, *(v or 0 for v in k))):
            own = by_key.get(key, self.browse())
            vals = self._follow(key, own, cases.get(key, []))
            if vals and not self._is_explained(vals, made, known):
                made.append(vals)
        self._make(made)._tell()

    @api.model
    def _is_explained(self, vals, made, known):
        """:return: whether a repetition by cause is only what one by defect says already"""
        if not vals["cause_category_id"]:
            return False
        ids = set(vals["complaint_ids"][0][2])
        others = [
            set(other["complaint_ids"][0][2])
            for other in made
            if other["product_id"] == vals["product_id"]
        ]
        others += [
            set(r.complaint_ids.ids)
            for r in known
            if r.product_id.id == vals["product_id"] and r.state != "lapsed"
        ]
        return any(ids <= other for other in others)

    # ------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------
    def _get_key(self):
        self.ensure_one()
        return Key(
            self.company_id.id,
            self.product_id.id,
            self.defect_id.id or None,
            self.cause_category_id.id or None,
        )

    @api.model
    def _get_keys_query(self, condition):
        """:param SQL condition: on complaint ``o`` or line ``l``
        :return: ``SQL`` of one row a key and complaint
        """
        actions = self.env["complaint.action"]
        defect = SQL("COALESCE(point.defect_id, l.defect_id, o.defect_id)")
        return SQL(
            """SELECT DISTINCT o.company_id, l.product_id, %(defect)s,
                      NULL::int, o.date_received, o.id, o.date_registered, o.is_imported
                 FROM complaint_line l
                 JOIN complaint_complaint o ON o.id = l.complaint_id
                      %(points)s
                WHERE l.product_id IS NOT NULL AND %(defect)s IS NOT NULL
                  AND %(condition)s AND %(counted)s AND %(stands)s
                UNION
               SELECT DISTINCT o.company_id, l.product_id, NULL::int, k.category_id,
                      o.date_received, o.id, o.date_registered, o.is_imported
                 FROM complaint_line l
                 JOIN complaint_complaint o ON o.id = l.complaint_id
                 JOIN complaint_cause k ON k.complaint_id = o.id
                      %(points)s
                WHERE l.product_id IS NOT NULL AND k.state = 'verified'
                  AND k.category_id IS NOT NULL
                  AND %(condition)s AND %(counted)s AND %(stands)s""",
            defect=defect,
            points=actions._get_point_joins(),
            condition=condition,
            counted=actions._get_repeating_condition(),
            stands=actions._get_standing_condition(),
        )

    @api.model
    def _fetch_keys(self, complaints):
        """:return: set of :class:`Key` these complaints are about"""
        query = self._get_keys_query(SQL("o.id IN %s", tuple(complaints.ids) or (0,)))
        return {Key(*row[:4]) for row in self.env.execute_query(query)}

    @api.model
    def _fetch_cases(self, keys, complaints):
        """:return: dict :class:`Key` → list of :class:`Case` from the time of ``complaints``, and
        before and after it as long as a repetition may reach
        """
        companies = self.env["res.company"].browse({key.company_id for key in keys})
        span = max(companies.mapped("complaint_repetition_days"), default=0)
        moments = complaints.mapped("date_received")
        condition = SQL(
            "l.product_id IN %s AND o.company_id IN %s AND o.date_received BETWEEN %s AND %s",
            tuple({key.product_id for key in keys}),
            tuple(companies.ids),
            min(moments) - timedelta(days=span),
            max(moments) + timedelta(days=span),
        )
        cases = defaultdict(list)
        for *key, received, complaint_id, registered, imported in self.env.execute_query(
            self._get_keys_query(condition)
        ):
            if Key(*key) in keys:
                case = Case(received, complaint_id, registered or received, bool(imported))
                cases[Key(*key)].append(case)
        return cases

    @api.model
    def _search_keys(self, keys):
        """:return: repetitions of ``keys``, whatever became of them"""
        found = self.search([("product_id", "in", list({key.product_id for key in keys}))])
        return found.filtered(lambda r: r._get_key() in keys)

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------
    def _tell(self):
        """Tell quality once, on the newest complaint of each (``complaint.notice``); nobody whom
        one of the complaints is about (R73).
        """
        people, without, by_case = {}, {}, defaultdict(self.browse)
        for repetition in self:
            complaints = repetition.complaint_ids.sorted(lambda c: (c.date_received, c.id))
            newest = complaints[-1:]
            concerned = without.get(newest, self.env["res.users"])
            for complaint in complaints:
                concerned |= complaint._get_concerned_users()
            without[newest] = concerned
            by_case[newest] |= repetition
        for newest, concerned in without.items():
            people[newest], _other = newest.team_id._get_function_user(
                "quality", newest._get_default_takers(), newest.company_id, concerned
            )

        def get_text(complaints, env):
            repetitions = self.browse().concat(*(by_case[c] for c in complaints.sudo()))
            return "\n".join(
                env._(
                    "%(what)s: %(count)s complaints within %(days)s days. Decide under Learning, "
                    "Repetitions.",
                    what=repetition.with_env(env).sudo().display_name,
                    count=repetition.complaint_count,
                    days=repetition.needed_days,
                )
                for repetition in repetitions
            )

        if people:
            newest = self.env["complaint.complaint"].concat(*people)
            newest._announce("repetition", people, get_text, without=without)
