from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .common import DocumentsCommon


class EightdCommon(DocumentsCommon):
    """A case with everything an 8D report asks for, discipline by discipline."""

    @classmethod
    def _case_8d(cls, **vals):
        """A registered case with D0 to D8 recorded by the people whose job it is."""
        complaint = cls._case(
            measures=0,
            **{
                "customer_plant": "Plant 7, Exampleton",
                "customer_reference": "Q-2026-0815",
                "failure_place": "zero_km",
                "lesson_learned": "Film belongs into the packing rule.",
                "first_good_lot": "LOT-0099",
                "first_good_marking": "Green dot on the carton",
                "date_containment_removed": fields.Date.today(),
                **vals,
            },
        )
        complaint.line_ids.write({"customer_part": "A 000 123", "drawing_revision": "4711-C"})
        cls._add_containment(complaint)
        cls._add_solution(complaint)
        return complaint

    @classmethod
    def _add_containment(cls, complaint):
        """D1 to D3."""
        today = fields.Date.today()
        complaint.write(
            {
                "member_ids": [
                    Command.create(
                        {"name": "Lea Leader", "role": "leader", "function": "Quality engineer"}
                    ),
                    Command.create({"name": "Max Member", "function": "Packing"}),
                ],
                "comparison_ids": [
                    Command.create(
                        {
                            "question": "where",
                            "observed": "Two lower layers of the pallet",
                            "not_observed": "Upper layers",
                        }
                    )
                ],
                "check_ids": [
                    Command.create(
                        {
                            "place": "customer",
                            "quantity_checked": 500,
                            "quantity_nok": 12,
                            "action": "Sorted and replaced",
                            "date": today,
                        }
                    ),
                    Command.create({"place": "warehouse", "action": "Sorting starts tomorrow"}),
                ],
            }
        )

    @classmethod
    def _add_solution(cls, complaint):
        """D4 to D8: an escape cause beside the occurrence, a measure for each, documents."""
        occurrence = complaint.cause_ids[:1]
        occurrence.with_user(cls.user_quality).whys = "Wet cartons\nNo film\nNo rule"
        escape = cls._add_cause(
            complaint, name="Nobody looks at pallets at the gate.", cause_type="escape"
        )
        measure = cls._add_action(
            complaint, name="Wrap every pallet in film", cause_id=occurrence.id
        )
        measure.write(
            {
                "choice_note": "Rain test with ten pallets: all dry.",
                "clean_point": "LOT-0099",
                "validation_note": "0 of 500 pieces rusty in three deliveries.",
            }
        )
        cls._finish(measure)
        check = cls._add_action(
            complaint, name="Check wrapping at the gate", cause_id=escape.id, kind="preventive"
        )
        check.write({"validation_note": "40 pallets looked at, 2 held back."})
        cls._finish(check)
        complaint.revision_ids = [
            Command.create(
                {
                    "kind": "control_plan",
                    "name": "CP-12 Packing",
                    "revision": "D",
                    "date_done": fields.Date.today(),
                }
            )
        ]
        cls._add_action(
            complaint,
            name="Look at three deliveries",
            kind="verification",
            deadline=fields.Date.today() + timedelta(days=30),
        )
        return measure | check

    @classmethod
    def _finish(cls, action):
        """An action that is done, as of now."""
        action._write_trusted({"state": "done", "date_done": fields.Datetime.now()})
