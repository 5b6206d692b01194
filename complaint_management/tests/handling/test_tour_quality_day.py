import base64
import io
from datetime import timedelta

from PIL import Image

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..clocks.clock_common import ClockCommon

TOUR = "complaint_quality_day_"
DEADLINES = "/odoo/complaint-deadlines"
MY_ACTIONS = "/odoo/my-complaint-actions"
MY_PEOPLE = "/odoo/my-peoples-complaint-actions"


@tagged("post_install", "-at_install")
class TestTourQualityDay(BrowserCase, ClockCommon):
    """Monday morning of the quality manager, in a real browser, chapter by chapter.

    Two cases: “Rusty tips”, to which nobody answered for two days, and “Wrong colour”, whose
    handling ends soon. The team works round the clock, so that the hour of the day does not matter.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_day()

    @classmethod
    def _set_up_day(cls):
        cls.supervisor = cls.user_contributor
        for user in cls.user_quality + cls.user_manager + cls.user_purchasing + cls.supervisor:
            user.password = user.login
        hours = ((0, 12), (12, 24))
        cls.team.resource_calendar_id = cls._calendar("Always", hours=hours, days=range(7))
        cls.category_quality.plan_id = cls.team.plan_id = False
        cls.defect_scratch = cls.env["complaint.defect"].create(
            {"name": "Test: scratch", "category_id": cls.category_quality.id}
        )
        now = fields.Datetime.now()
        cls.late = cls._registered_complaint(
            subject="Rusty tips",
            date_received=now - timedelta(days=2),
            line_ids=[
                Command.create(cls._prepare_line_vals()),
                Command.create(
                    cls._prepare_line_vals(
                        product_id=cls._product(name="Hammer").id, defect_id=cls.defect_scratch.id
                    )
                ),
            ],
        )
        cls.warned = cls._warned_complaint(now - timedelta(days=4, hours=12))
        cls.late_url = f"/odoo/complaints/{cls.late.id}"
        cls.warned_url = f"/odoo/complaints/{cls.warned.id}"

    @classmethod
    def _warned_complaint(cls, received):
        """Answered at once; nine tenths of the five days for its handling are over."""
        category = cls.category_quality
        complaint = cls._complaint(
            subject="Wrong colour",
            category_id=category.id,
            date_received=received,
            line_ids=[Command.create(cls._prepare_line_vals(defect_id=False))],
        )
        complaint._write_trusted({"date_responded": received + timedelta(minutes=5)})
        complaint.action_register()
        return complaint

    def _tour(self, url, name, user):
        self.start_tour(url, TOUR + name, login=user.login)
        self.env.invalidate_all()

    def _action(self, name, **vals):
        return self.env["complaint.action"].create(
            {
                "complaint_id": self.late.id,
                "name": name,
                "kind": "correction",
                "user_id": self.user_purchasing.id,
                "deadline": fields.Date.today() + timedelta(days=3),
                **vals,
            }
        )

    def _start_work(self):
        """The plan is released and started; nobody objects any more."""
        self.late.plan_summary = "We sort the stock and ask the supplier."
        self.late.with_user(self.user_quality).action_release()
        if self.late.state == "planned":
            self.late.with_user(self.user_quality).action_execute()
        self.assertEqual(self.late.state, "executing")

    def _work_shop_actions(self):
        """Two actions of a department whose people have no login."""
        workshop = self.env["complaint.department"].create(
            {"name": "Test: workshop", "user_id": self.supervisor.id}
        )
        return self._action("Sort the pallet", department_id=workshop.id) | self._action(
            "Clean the line", department_id=workshop.id
        )

    # ------------------------------------------------------------
    # Chapters
    # ------------------------------------------------------------
    def test_opens_what_is_late_and_calls_the_customer(self):
        # Browser tests are in test mode already
        self.env.ref("complaint_management.ir_cron_watch_clocks").method_direct_trigger()
        self.env.invalidate_all()
        self._tour(DEADLINES, "deadlines", self.user_quality)
        response = self._clocks(self.late)["response"]
        self.assertTrue(response.date_stopped)
        self.assertEqual(response.state, "breached", "late is late")

    def test_pauses_and_resumes_a_manager_extends(self):
        handling = self._clocks(self.warned)["handling"]
        before = handling.date_deadline
        self._tour(self.warned_url, "pause", self.user_quality)
        self.assertEqual(handling.event_ids.mapped("kind").count("paused"), 1)
        self.assertEqual(handling.state, "running")
        self.assertGreaterEqual(handling.date_deadline, before)
        self._tour(self.warned_url, "extend", self.user_manager)
        self.assertEqual(handling.extension_hours, 72)

    def test_plan_objection_answer_consent(self):
        self._tour(self.late_url, "plan", self.user_quality)
        action = self.late.action_ids
        self.assertEqual(action.user_id, self.user_purchasing)
        self._tour(MY_ACTIONS, "object", self.user_purchasing)
        self.assertEqual(action.state, "objected")
        self._tour(self.late_url, "answer", self.user_quality)
        self.assertEqual((self.late.state, action.state), ("planned", "open"))
        self.assertEqual(sorted(self.late.plan_version_ids.mapped("number")), [1, 2])
        self._tour(MY_ACTIONS, "accept", self.user_purchasing)
        self.assertEqual(self.late.state, "executing")

    def test_findings_and_cause(self):
        self.late.evidence_ids = [
            Command.create(
                {
                    "name": "Photo of the oil bath",
                    "file": self._picture(),
                    "file_name": "bath.png",
                }
            )
        ]
        self._start_work()
        self._tour(self.late_url, "findings", self.user_quality)
        self.assertEqual(self.late.point_ids.mapped("finding"), ["confirmed", "no_trouble_found"])
        self.assertEqual(self.late.line_ids.mapped("quantity_confirmed"), [2, 0])
        self._tour(self.late_url, "cause", self.user_quality)
        cause = self.late.cause_ids
        self.assertEqual(cause.state, "verified")
        self.assertEqual(cause.evidence_ids.name, "Photo of the oil bath")
        self.assertEqual(len(cause.whys.splitlines()), 2)

    def test_supervisor_closes_for_his_people(self):
        actions = self._work_shop_actions()
        self._start_work()
        self._tour(MY_PEOPLE, "workshop", self.supervisor)
        self.assertEqual(set(actions.mapped("state")), {"done"})
        self.assertEqual(
            actions.mapped("completion_note"), ["All sorted, 40 bad", "Cleaned, oil changed"]
        )

    def test_resolve_names_all_that_is_missing(self):
        self._work_shop_actions()
        self._start_work()
        # The refusal he reads is logged by core, too
        with mute_logger("odoo.http"):
            self._tour(self.late_url, "resolve", self.user_quality)
        self.assertEqual(self.late.state, "executing")

    def test_resolves_in_one_press_and_looks_back(self):
        action = self._action("Ask the supplier for all his records")
        self.late.plan_summary = "We sort the stock and ask the supplier."
        lead = self.late.with_user(self.user_quality)
        lead.action_release()
        action.with_user(self.user_purchasing).action_object("He keeps them for one year only")
        lead.action_ids.name = "Ask the supplier for this year's records"
        lead.action_ids.action_restart()
        action.with_user(self.user_purchasing).action_finish("Asked; the batch is known there.")
        self._complete(lead)
        self._tour(self.late_url, "resolved", self.user_quality)
        self._tour(self.late_url, "rounds", self.user_quality)

    def _complete(self, lead):
        """Everything resolving asks for, done as the other chapters do it."""
        if lead.state == "planned":
            lead.action_execute()
        lead.action_log_call()
        lead.demand_ids.write({"answer": "Cause and measures are in our report."})
        lead.demand_ids.action_done()
        lead.point_ids.write({"finding": "confirmed"})
        lead.action_confirm_quantities()
        lead.env["complaint.cause"].create(
            {
                "complaint_id": lead.id,
                "name": "The oil bath was too thin",
                "evidence_note": "Log of the bath",
            }
        ).action_verify()
        # The report's own way is in the main tour
        self.late._write_trusted({"date_reported": fields.Datetime.now()})

    @staticmethod
    def _picture():
        stream = io.BytesIO()
        Image.new("RGB", (32, 24), "brown").save(stream, "PNG")
        return base64.b64encode(stream.getvalue())
