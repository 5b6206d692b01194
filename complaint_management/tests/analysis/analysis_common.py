"""Cases with a past made at random, and what figures should say, counted by hand."""

import random
from datetime import datetime, timedelta

from odoo.tests.common import new_test_user

from ...models.complaint.complaint_state_guard import TRUSTED
from ..clocks.clock_common import ClockCommon

FIRST_DAY = datetime(2026, 1, 5)


def count_hours(start, end):
    """:return: working hours from ``start`` to ``end``, Monday to Friday, 8 to 12 and 13 to 17,
    by going through the days one by one
    """
    seconds, day = 0, start.replace(hour=0, minute=0, second=0)
    while day <= end:
        for first, last in ((8, 12), (13, 17)) if day.weekday() < 5 else ():
            begin = max(start, day + timedelta(hours=first))
            finish = min(end, day + timedelta(hours=last))
            seconds += max((finish - begin).total_seconds(), 0)
        day += timedelta(days=1)
    return seconds / 3600


def average(values):
    """:return: mean of what is known of ``values``, False of nothing"""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else False


class AnalysisCommon(ClockCommon):
    """Imported cases, so that every date and state is known without pressing a button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(7)
        cls.Complaint = cls.env["complaint.complaint"]

    @classmethod
    def _moment(cls, start=FIRST_DAY, days=60):
        """:return: a random ``datetime`` within ``days`` days after ``start``, to the minute"""
        return start + timedelta(minutes=cls.random.randrange(1, days * 24 * 60))

    @classmethod
    def _imported(cls, vals_list):
        """Cases with a past, as an administrator imports an old register."""
        complaints = cls.Complaint.with_user(cls.user_admin)
        return complaints.create([cls._prepare_past_vals(**vals) for vals in vals_list]).with_env(
            cls.env
        )

    @classmethod
    def _prepare_past_vals(cls, **vals):
        received = vals.get("date_received") or cls._moment()
        return cls._prepare_complaint_vals(
            **{
                "category_id": cls.category_quality.id,
                "state": "registered",
                "team_id": cls.team.id,
                "date_received": received,
                "date_registered": received,
                **vals,
            }
        )

    @classmethod
    def _add_clocks(cls, complaint, states, **vals):
        """Deadlines that ended as ``states`` says, a dict kind → state, in a round of its own."""
        Round = cls.env["complaint.round"].sudo()
        number = max(complaint.round_ids.mapped("number"), default=0) + 1
        current = Round.create({"complaint_id": complaint.id, "number": number})
        clocks = cls.env["complaint.clock"].sudo().with_context(complaint_transition=TRUSTED)
        start = complaint.date_received
        return clocks.create(
            [
                {
                    "complaint_id": complaint.id,
                    "round_id": current.id,
                    "kind": kind,
                    "state": state,
                    "date_start": start,
                    "date_deadline": start + timedelta(days=3),
                    "allowed_hours": 24.0,
                    **vals,
                }
                for kind, state in states.items()
            ]
        ).with_env(cls.env)

    def _groups(self, model, domain, groupby, aggregates, user=None):
        """What a pivot asks for.

        :return: dict value (or tuple) of the group → dict of the answer
        """
        records = self.env[model].with_user(user or self.user_leadership)
        rows = records.formatted_read_group(domain, [groupby], aggregates)
        return {
            row[groupby][0] if isinstance(row[groupby], (tuple, list)) else row[groupby]: row
            for row in rows
        }

    @classmethod
    def _other_company_reader(cls):
        """:return: (company, its manager), who see nothing of the first company"""
        company = cls._second_company()
        user = new_test_user(
            cls.env,
            "test_analysis_other",
            "base.group_user,complaint_management.group_complaint_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        return company, user
