"""The screwdriver case and the hotel's return, played through the public verbs by whose job it is.

``make demo`` runs it in ``odoo shell``: ``env`` is there, documents go to ``COMPLAINT_DEMO_DIR``.
Nothing is mocked and nobody does what his role does not allow; mails wait in the queue, since the
demo has no mail server.
"""

import base64
import io
import os
from datetime import datetime, time, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from odoo import Command, fields
from odoo.tools import file_open

MODULE = "complaint_management"
OUTPUT = Path(os.environ.get("COMPLAINT_DEMO_DIR", "build/demo"))
ROLES = {
    "sales": "opens complaints from own orders",
    "sales_manager": "approves cause, measures, reports, and what is above limits",
    "quality": "writes plan, causes and measures",
    "purchasing": "answers when asked",
    "management": "reads everything; decides about returns of dealers",
    "service": "customer service: the team's complaints",
    "production": "has actions only",
    "transport": "warehouse: receives what comes back; has actions",
    "finance": "checks and posts what customers get back",
}


class Story:
    """One complaint from the call to the preventive-action report, and a dealer's return."""

    def __init__(self, env):
        # No mail server here: what would be sent stays in the queue, to be looked at
        env = env(context={**env.context, "mail_notify_force_send": False})
        env.ref("mail.ir_cron_mail_scheduler_action").active = False
        self.env = env
        self.today = fields.Date.context_today(env.user)

    # ------------------------------------------------------------
    # Chapters
    # ------------------------------------------------------------
    def play(self):
        """:return: the complaint, resolved, its report in the outgoing mail"""
        complaint = self.open_complaint()
        self.register(complaint)
        self.instruct(complaint)
        self.write_plan(complaint)
        self.look_into_it(complaint)
        self.report_containment(complaint)
        self.find_cause(complaint)
        self.grant_discount(complaint)
        self.approve(complaint)
        self.send_report(complaint)
        self.report_8d(complaint)
        self.finish(complaint)
        self.learn(complaint)
        self.return_hotel(self.ref("complaint_demo_napkin"))
        self.answer_hotel(self.ref("complaint_demo_napkin"))
        self.fill_own_form(complaint)
        return complaint

    def open_complaint(self):
        """The customer phones; sales presses Complaint on the order."""
        order = self.as_user("sales", self.ref("order_demo_screwdriver"))
        action = order.action_create_complaint()
        complaint = self.env["complaint.complaint"].browse(action["res_id"])
        self.tell("sales", f"opens {complaint.name} from {order.name} ({order.client_order_ref})")
        return complaint

    def register(self, complaint):
        """He ticks the goods, types what the customer said and wants, and presses Register."""
        complaint = self.as_user("sales", complaint)
        complaint.write(
            {
                "description": "The shafts of the screwdrivers are rusty. We cannot sell them; our "
                "own customers are waiting.",
                "channel_id": self.ref("channel_phone_salesperson").id,
                "defect_id": self.ref("defect_rust").id,
            }
        )
        complaint.line_ids[0].quantity_complained = 180
        complaint.line_ids[1:].quantity_complained = 60
        self.add_photo(complaint, "screwdriver_rust.png", "Rust on the shafts")
        for kind, words in (
            ("onsite", "Solve the present quality problem at once"),
            ("cause_prevention", "Find the cause and propose workable preventive measures"),
            ("discount", "Something for the days we could not sell"),
        ):
            complaint.demand_ids.create({"complaint_id": complaint.id, "kind": kind, "name": words})
        complaint.action_register()
        told = complaint.sudo().activity_ids.user_id.mapped("login")
        self.tell("sales", f"registers it; an activity each for {', '.join(sorted(told))}")
        self.restate(complaint)

    def restate(self, complaint):
        """He says it back at once: one press logs the call, answers, and finishes his action."""
        complaint = self.as_user("sales", complaint)
        complaint.action_log_restated()
        complaint.promise_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "Our staff tell you today when they come",
                "deadline": fields.Datetime.now() + timedelta(hours=8),
            }
        )
        self.tell("sales", "restates it on the phone in one press, and promises a call until today")

    def instruct(self, complaint):
        """The general manager reads his activity and says what he wants; it stays inside."""
        words = "A customer of many years: go there, whatever it costs."
        self.as_user("management", complaint).action_instruct(words)
        self.tell("management", f"instructs the lead: {words}")

    def write_plan(self, complaint):
        """Quality writes the plan, splits it into two actions and releases it."""
        complaint = self.as_user("quality", complaint)
        complaint.plan_summary = (
            "Our quality staff come to you tomorrow with three production workers, find the cause "
            "on the spot and treat the goods. Within seven days we tell you the cause and what we "
            "do so that it does not happen again."
        )
        quality, production = self.ref("user_demo_quality"), self.ref("user_demo_production")
        complaint.action_ids.create(
            [
                {
                    "complaint_id": complaint.id,
                    "name": "Go to the customer with three production workers, treat the goods",
                    "kind": "correction",
                    "user_id": quality.id,
                    "visit_date": datetime.combine(self.today + timedelta(days=1), time(8)),
                    "visit_place": "12 Harbour Road, Exampleton",
                    "visit_party": "Three production workers",
                    "visit_user_ids": [Command.set((quality + production).ids)],
                },
                {
                    "complaint_id": complaint.id,
                    "name": "Find the cause, propose preventive measures, report to the customer",
                    "kind": "investigation",
                    "user_id": quality.id,
                    "deadline": self.today + timedelta(days=7),
                },
            ]
        )
        complaint.action_release()
        self.tell("quality", "writes the plan with two actions and releases it")
        promise = self.as_user("sales", complaint.promise_ids)
        promise.action_keep()
        self.tell("sales", "tells the buyer when our staff come: promise kept")
        complaint.plan_summary += " Until then, please keep the cartons dry and closed."
        number = max(complaint.plan_version_ids.mapped("number"))
        self.tell("quality", f"adds a sentence: version {number} of the plan goes to everybody")

    def look_into_it(self, complaint):
        """Everybody does his part; nobody objects."""
        stock = "Checked 420 pieces in the warehouse: no rust. Both lots are blocked."
        self.do(complaint, "quality", "containment", stock)
        self.do(complaint, "purchasing", "investigation", "Steel and coating as always.")
        self.do(complaint, "sales", "investigation", "Photos are with the complaint.")
        if complaint.state == "planned":
            self.as_user("quality", complaint).action_execute()
        visit = "240 pieces cleaned and oiled, 12 of them replaced. The buyer takes the goods."
        self.do(complaint, "quality", "correction", visit)
        complaint.expense_ids.create(
            {
                "complaint_id": complaint.id,
                "kind": "travel",
                "name": "Van and hotel for four",
                "amount": 310,
            }
        )
        self.tell("quality", "records what the visit cost")

    def report_containment(self, complaint):
        """The customer wants 8D reports: the interim one about containment goes out at once."""
        complaint = self.as_user("quality", complaint)
        complaint.write(
            {
                "failure_place": "zero_km",
                "first_good_lot": "SD-0512",
                "first_good_marking": "Green dot on the outer carton",
                "member_ids": [
                    Command.create(vals)
                    for vals in (
                        {"name": "Demo Workshop Manager", "role": "champion"},
                        {
                            "name": "Demo Quality Manager",
                            "role": "leader",
                            "function": "Quality",
                            "contact": "quality@our-company.example.com",
                        },
                        {"name": "Demo Transport Manager", "function": "Transport"},
                        {"name": "Demo Packer", "function": "Packing, no login needed"},
                    )
                ],
                "comparison_ids": [
                    Command.create({"question": key, "observed": yes, "not_observed": no})
                    for key, yes, no in (
                        ("what", "Red rust on the shafts", "Rust on the handles' rivets"),
                        ("where", "The two lower layers of the pallets", "The upper layers"),
                        ("when", "Found when the goods were unpacked", "When they left us"),
                        ("how_many", "240 of 500 pieces", "420 pieces in our warehouse: none"),
                    )
                ],
                "check_ids": [
                    Command.create({**vals, "date": self.today})
                    for vals in (
                        {
                            "place": "customer",
                            "quantity_checked": 500,
                            "quantity_nok": 240,
                            "action": "Sorted on the spot, cleaned and oiled, 12 replaced",
                        },
                        {"place": "transit", "action": "Nothing of these lots on the road"},
                        {
                            "place": "warehouse",
                            "quantity_checked": 420,
                            "action": "Both lots blocked and checked",
                        },
                        {
                            "place": "wip",
                            "quantity_checked": 60,
                            "action": "Checked before packing",
                        },
                    )
                ],
            }
        )
        complaint.line_ids.write({"customer_part": "T-10442", "drawing_revision": "T-10442 rev. B"})
        complaint.evidence_ids.filtered(lambda e: e.kind == "photo").condition = "nok"
        self.send_8d(complaint, "d3")

    def send_8d(self, complaint, stage):
        """Quality generates, the sales manager approves, sales puts it on the customer's portal."""
        report = self.env["complaint.report"].browse(
            complaint.action_generate_report("8d")["res_id"]
        )
        report = self.as_user("quality", report)
        report.stage = stage
        self.as_user("sales_manager", report).action_approve()
        self.as_user("sales", report).action_mark_sent()
        self.tell("sales", f"hands over {report.name}, stage {stage}")

    def find_cause(self, complaint):
        """Quality writes down facts, cause and the measure against it."""
        complaint = self.as_user("quality", complaint)
        self.add_photo(complaint, "pallet_wet.png", "Cartons of that delivery: wet at the bottom")
        complaint.point_ids.write(
            {
                "finding": "confirmed",
                "finding_note": "Rust where the shafts stood in wet cartons, nowhere else.",
                "responsibility": "ours",
                "evidence_ids": [Command.set(complaint.evidence_ids.ids)],
            }
        )
        complaint.action_confirm_quantities()
        complaint.write(
            {
                "investigation_result": "240 of 500 pieces show rust. The cartons in the two lower "
                "layers of the pallets are wet; pieces from dry cartons have no rust. Those of the "
                "same lots in our warehouse have none either.",
            }
        )
        cause = complaint.cause_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "Transport did not protect the pallets against water; the cartons got wet.",
                "cause_type": "occurrence",
                "category_id": self.ref("cause_category_transport").id,
                "department_id": self.ref("department_transport").id,
                "whys": "Why rust? The shafts stood in wet cartons.\n"
                "Why wet? The pallets stood in the rain when they were loaded.\n"
                "Why unprotected? Our packing rule says nothing about film.",
                "evidence_note": "Wet cartons on the spot; dry cartons of the same lots: no rust.",
            }
        )
        cause.action_verify()
        complaint.action_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "Wrap the outer cartons of every pallet in nylon film during transport",
                "kind": "preventive",
                "user_id": self.ref("user_demo_transport").id,
                "department_id": self.ref("department_transport").id,
                "cause_id": cause.id,
                "deadline": self.today + timedelta(days=14),
            }
        )
        self.do(complaint, "quality", "investigation", "Cause found and proven, see there.")
        complaint.action_request_approval()
        self.tell("quality", "proves the cause, adds the preventive measure, asks for approval")

    def grant_discount(self, complaint):
        """Within his limit the salesperson grants it; one press drafts it, finance posts it."""
        complaint = self.as_user("sales", complaint)
        demand = complaint.demand_ids.filtered(lambda d: d.kind == "discount")
        demand.write({"amount": 20, "answer": "20.00 off the invoice, with our apologies."})
        demand.action_accept()
        demand.action_execute()
        refund = self.as_user("finance", demand.sudo().refund_ids)
        self.tell("sales", f"grants {refund.amount_untaxed:.2f}: a draft credit note, to finance")
        refund.action_post()
        self.tell("finance", f"posts {refund.name}; the request is {demand.state} by itself")

    def approve(self, complaint):
        """Sales answers each request and makes the report; the sales manager approves (R33)."""
        complaint = self.as_user("sales", complaint)
        answers = {
            "onsite": "Our staff came: 240 pieces cleaned and oiled, 12 of them replaced.",
            "cause_prevention": "Cause and preventive measure are in this report.",
        }
        for demand in complaint.demand_ids.filtered(lambda d: d.state != "done"):
            demand.answer = answers[demand.kind]
            demand.action_done()
        self.as_user("sales_manager", complaint).action_approve_measures()
        complaint.action_generate_preventive_report()
        complaint.action_generate_feedback_sheet()
        handling = complaint.report_ids.section_ids.filtered(lambda s: s.code == "handling")
        handling.body = (
            "Our quality staff came to you with three production workers, found the cause on the "
            "spot and treated the goods. All pieces are usable again or replaced."
        )
        for report in complaint.report_ids.filtered(lambda r: r.state == "draft"):
            self.as_user("sales_manager", report).action_approve()
        self.tell("sales_manager", "approves cause, measure and documents")

    def send_report(self, complaint):
        """Sales sends the approved bytes to the customer's contact with the mail composer."""
        report = self.get_report(complaint, "preventive")
        report = self.as_user("sales", report)
        composer = self.env["mail.compose.message"].with_user(report.env.user)
        composer.with_context(**report.action_send()["context"]).create({}).action_send_mail()
        self.tell("sales", f"sends {report.name} to {report.partner_id.email}: {report.state}")

    def report_8d(self, complaint):
        """The final 8D: why nobody noticed, from which goods on it is mended, what was revised."""
        complaint = self.as_user("quality", complaint)
        occurrence = complaint.cause_ids[:1]
        measure = complaint.action_ids.filtered(lambda a: a.kind == "preventive")[:1]
        measure.write(
            {
                "choice_note": "Film against paper and against bags: ten wrapped pallets stood two "
                "hours in the rain, all cartons dry.",
                "clean_point": "Deliveries from lot SD-0512 on",
                "validation_note": "Three deliveries wrapped: 0 of 1,500 pieces with rust.",
            }
        )
        escape = complaint.cause_ids.create(
            {
                "complaint_id": complaint.id,
                "name": "Nobody looks whether the cartons are dry before a pallet leaves.",
                "cause_type": "escape",
                "category_id": self.ref("cause_category_method").id,
                "whys": "Why not noticed? Pallets are counted, not looked at.\n"
                "Why? The loading list asks for the number only.",
                "evidence_note": "Loading lists of the last ten deliveries.",
                "sequence": occurrence.sequence + 1,
            }
        )
        escape.action_verify()
        vals = {"complaint_id": complaint.id, "user_id": self.ref("user_demo_transport").id}
        complaint.action_ids.create(
            [
                {
                    **vals,
                    "name": "Loading list asks: cartons dry, film closed; signed for each pallet",
                    "kind": "preventive",
                    "cause_id": escape.id,
                    "department_id": self.ref("department_transport").id,
                    "deadline": self.today + timedelta(days=7),
                    "choice_note": "Tried with five deliveries: takes one minute a pallet.",
                    "clean_point": "Deliveries from lot SD-0512 on",
                    "validation_note": "15 pallets signed for; 2 wet cartons held back.",
                },
                {
                    **vals,
                    "name": "Check three wrapped deliveries at the customer",
                    "kind": "verification",
                    "user_id": self.ref("user_demo_quality").id,
                    "deadline": self.today + timedelta(days=30),
                },
            ]
        )
        self.do(complaint, "transport", "preventive", "Introduced at all three gates.")
        complaint.write(
            {
                "date_containment_removed": self.today,
                "lesson_learned": "What protects goods in our hall does not protect them on the "
                "road: every packing rule now says what happens in the rain.",
                "revision_ids": [
                    Command.create(vals)
                    for vals in (
                        {
                            "kind": "pfmea",
                            "name": "PFMEA-03 Loading",
                            "revision": "D",
                            "date_done": self.today,
                        },
                        {
                            "kind": "instruction",
                            "name": "WI-21 Packing and loading",
                            "revision": "7",
                            "date_done": self.today,
                        },
                    )
                ],
            }
        )
        complaint.action_request_approval()
        self.send_8d(complaint, "final")

    def return_hotel(self, complaint):
        """The leadership grants the dealer's return: application and transfers at once (R66).

        A part of the goods is back; the money waits for the rest.
        """
        sales, wanted = self.as_user("sales", complaint), complaint.demand_ids[:1]
        self.as_user("management", wanted).action_approve("Take them back, and keep the dealer.")
        numbers = ", ".join(wanted.sudo().picking_ids.mapped("name"))
        self.tell("management", f"approves the return: the application, and {numbers} to receive")
        money = sales.demand_ids.create(
            {"complaint_id": complaint.id, "kind": "credit", "name": "退款 (the money back)"}
        )
        money.action_request_approval("It belongs to the return.")
        self.as_user("management", money).action_approve("")
        money.action_accept()
        self.tell("sales", "promises the money, too; its credit note waits for the goods")
        picking = self.as_user("transport", wanted.sudo().picking_ids.sorted("id")[:1])
        picking.move_ids.picked = True
        picking.with_context(skip_sms=True).button_validate()
        self.tell("transport", f"receives {picking.name}; the rest is on its way")

    def answer_hotel(self, complaint):
        """Another customer, a hotel, gets a short letter: what it gets and when, first of all."""
        complaint = self.as_user("sales", complaint)
        answers = {"return": "我们收回这批货，请告知何时可以取货。", "credit": "货到后全额退款。"}
        for demand in complaint.demand_ids:
            demand.answer = answers[demand.kind]
        report = self.env["complaint.report"].browse(
            complaint.action_generate_report("letter")["res_id"]
        )
        self.as_user("sales_manager", report).action_approve()
        self.tell("sales_manager", f"approves the letter {report.name} to the hotel")

    def finish(self, complaint):
        """All is done and answered: resolved; the customer will be asked in a week."""
        complaint = self.as_user("sales", complaint)
        complaint.action_resolve()
        self.tell("sales", f"{complaint.name} is {complaint.state}; next: {complaint.next_step}")

    def fill_own_form(self, complaint):
        """The customer sent his own form: set up once, filled like any document (R72)."""
        places = [
            ("C4", "customer_reference", {}),
            ("G4", "complaint_number", {}),
            ("C5", "customer", {}),
            ("G5", "date_received", {}),
            ("B8", "goods.name", {"rows": 3}),
            ("F8", "goods.lots", {"rows": 3}),
            ("G8", "goods.quantity", {"rows": 3}),
            ("A12", "words", {}),
            ("A14", "d3", {}),
            ("A16", "cause", {"is_required": True}),
            ("B19", "measures.name", {"rows": 4}),
            ("F19", "measures.due", {"rows": 4}),
            ("G19", "measures.done", {"rows": 4}),
        ]
        self.env["complaint.report.profile"].create(
            {
                "name": "Supplier answer sheet of the tool shop",
                "kind": "form",
                "partner_id": self.ref("partner_demo_tools").id,
                # After what he gets by default
                "sequence": 90,
                "form_file": base64.b64encode(make_customer_form()),
                "form_name": "Supplier answer sheet.xlsx",
                "form_field_ids": [
                    Command.create({"target": target, "source": source, **more})
                    for target, source, more in places
                ],
            }
        )
        action = self.as_user("sales", complaint).action_generate_report("form")
        report = self.env["complaint.report"].browse(action["res_id"])
        self.as_user("sales_manager", report).action_approve()
        document = report._get_documents()[0]
        OUTPUT.mkdir(parents=True, exist_ok=True)
        (OUTPUT / "screwdriver-customer-form.xlsx").write_bytes(document.content)
        self.tell("sales_manager", f"approves {report.name}: the customer's own form, filled")

    def learn(self, complaint):
        """Quality makes a lesson of it, the sales manager reads and publishes it (R52)."""
        complaint = self.as_user("quality", complaint)
        lesson = self.env["complaint.lesson"].browse(complaint.action_make_lesson()["res_id"])
        lesson = self.as_user("quality", lesson)
        lesson.write(
            {
                "name": "Rust from wet cartons: what protects indoors does not protect on the road",
                "problem": "Half of the screwdrivers rusted on the way to the customer. "
                "Only those in the two lower layers of the pallets.",
                "recognition": "Cartons feel damp at the bottom, their print is wavy; goods of the "
                "same lot in the warehouse are clean.",
                "key_points": "Film over every pallet, closed at the bottom.\nLook at the cartons "
                "before loading; wet ones stay here.\nSign for each pallet.",
                "quiz": "Which layers get wet first?\nWhat does the loading list ask?",
            }
        )
        action = lesson.action_pick_pictures()
        wizard = self.as_user("quality", self.env[action["res_model"]].browse(action["res_id"]))
        wizard.line_ids.write({"is_picked": True, "condition": "nok"})
        wizard.action_confirm()
        lesson.action_submit()
        self.tell("quality", f"makes a lesson of it: {lesson.name}")
        self.as_user("sales_manager", lesson).action_publish()
        self.tell("sales_manager", "reads and publishes it, for everybody in the house")
        training = self.as_user("quality", self.env["complaint.training"]).create(
            {
                "lesson_ids": [Command.set(lesson.ids)],
                "place": "Hall 2",
                "attendee_ids": [
                    Command.create({"user_id": self.ref("user_demo_transport").id}),
                    Command.create({"name": "Demo Packer, no login needed"}),
                ],
            }
        )
        self.tell("quality", f"teaches it: {lesson.trained_text}")
        OUTPUT.mkdir(parents=True, exist_ok=True)
        reports = self.as_user("quality", self.env["ir.actions.report"])
        content, _type = reports._render_qweb_pdf(f"{MODULE}.report_training", training.ids)
        (OUTPUT / "screwdriver-training-sheet.pdf").write_bytes(content)

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------
    def ref(self, name):
        """:return: the demo record ``name`` of the addon"""
        return self.env.ref(f"{MODULE}.{name}")

    def as_user(self, login, record):
        """:return: ``record`` with the rights and the language of the demo user ``login``"""
        user = self.ref(f"user_demo_{login}")
        return record.with_user(user).with_context(lang=user.lang)

    def do(self, complaint, login, kind, note):
        """``login`` finishes his open actions of ``kind`` with ``note``."""
        user = self.ref(f"user_demo_{login}")
        mine = self.as_user(login, complaint).action_ids.filtered(
            lambda a: a.user_id == user and a.kind == kind and a.can_finish
        )
        mine.action_finish(note)
        self.tell(login, f"{kind}: {note}")

    def add_photo(self, complaint, name, caption):
        """Add a picture of the demo data as evidence the customer may see."""
        with file_open(f"{MODULE}/demo/images/{name}", "rb") as image:
            content = base64.b64encode(image.read())
        complaint.evidence_ids.create(
            {
                "complaint_id": complaint.id,
                "name": caption,
                "kind": "photo",
                "file": content,
                "file_name": name,
                "customer_visible": True,
            }
        )

    def get_report(self, complaint, kind):
        """:return: the complaint's report of ``kind``"""
        return complaint.sudo().report_ids.filtered(lambda r: r.kind == kind)[:1]

    def tell(self, login, what):
        """Say on the terminal who did what."""
        print(f"  {login:<14} {what}", flush=True)

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------
    def write_documents(self, complaint):
        """Write what a customer and a colleague would hold in their hands to ``OUTPUT``."""
        OUTPUT.mkdir(parents=True, exist_ok=True)
        names = {"preventive": "preventive-action-report", "feedback": "feedback-sheet"}
        for kind, name in names.items():
            report = self.get_report(complaint, kind)
            (OUTPUT / f"screwdriver-{name}.pdf").write_bytes(base64.b64decode(report.pdf))
        for report in complaint.sudo().report_ids.filtered(lambda r: r.kind == "8d"):
            stage = "final" if report.stage == "final" else f"interim-{report.stage}"
            (OUTPUT / f"screwdriver-8d-{stage}.pdf").write_bytes(base64.b64decode(report.pdf))
            (OUTPUT / f"screwdriver-8d-{stage}.xlsx").write_bytes(base64.b64decode(report.office))
        application = self.ref("complaint_demo_napkin").demand_ids.approval_ids.filtered(
            "application"
        )
        content = base64.b64decode(application.with_context(bin_size=False).application)
        (OUTPUT / "napkin-return-application.pdf").write_bytes(content)
        letter = self.get_report(self.ref("complaint_demo_napkin"), "letter")
        (OUTPUT / "napkin-letter.pdf").write_bytes(base64.b64decode(letter.pdf))
        forms = {
            "screwdriver": complaint,
            "napkin": self.ref("complaint_demo_napkin"),
            "tissue": self.ref("complaint_demo_blade"),
        }
        for name, record in forms.items():
            content = self.print_form(record)
            (OUTPUT / f"{name}-complaint-form.pdf").write_bytes(content)

    def print_form(self, complaint):
        """:return: bytes of the internal complaint form, as quality prints it"""
        reports = self.as_user("quality", self.env["ir.actions.report"])
        report_name = f"{MODULE}.report_complaint_form"
        content, _type = reports._render_qweb_pdf(report_name, complaint.ids)
        return content

    def write_logins(self):
        """List the logins, one per role, for the end of ``make demo``."""
        lines = [f"{login:<14} password {login:<14} {role}" for login, role in ROLES.items()]
        lines.append(f"{'admin':<14} password {'admin':<14} everything")
        lines.append(f"{'buyer':<14} password {'buyer':<14} the customer: My complaints")
        (OUTPUT / "logins.txt").write_text("\n".join(lines) + "\n")


def make_customer_form():
    """:return: bytes of an empty form as a customer's quality department would send it"""
    book = Workbook()
    page = book.active
    page.title = "Answer sheet"
    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)
    for letter, width in zip("ABCDEFGH", (5, 16, 14, 14, 10, 16, 14, 12), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=4, max_row=22, max_col=8):
        for cell in row:
            cell.border = box if cell.row != 6 else Border()
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for area in (
        *("A1:H1", "A2:H2", "A4:B4", "C4:D4", "E4:F4", "G4:H4", "A5:B5", "C5:D5", "E5:F5", "G5:H5"),
        *("B7:E7", "G7:H7", *(f"B{row}:E{row}" for row in (8, 9, 10, 18, 19, 20, 21, 22))),
        *("G8:H8", "G9:H9", "G10:H10", *(f"A{row}:H{row}" for row in range(11, 18))),
        *(f"G{row}:H{row}" for row in range(18, 23)),
    ):
        page.merge_cells(area)
    words = {
        "A1": "SUPPLIER ANSWER SHEET",
        "A2": "Form QF-27, revision 2 – to be returned within ten days",
        "A4": "Our complaint no.",
        "E4": "Your number",
        "A5": "Company",
        "E5": "Received on",
        "A7": "No.",
        "B7": "Article",
        "F7": "Lot",
        "G7": "Quantity",
        "A11": "1. Complaint",
        "A13": "2. Immediate measures",
        "A15": "3. Cause",
        "A17": "4. Lasting measures",
        "A18": "No.",
        "B18": "Measure",
        "F18": "Due",
        "G18": "Done",
        **{f"A{row}": row - 7 for row in (8, 9, 10)},
        **{f"A{row}": row - 18 for row in range(19, 23)},
    }
    for name, value in words.items():
        page[name] = value
        page[name].font = Font(bold=not isinstance(value, int), size=14 if name == "A1" else 10)
        if name in ("A11", "A13", "A15", "A17"):
            page[name].fill = PatternFill("solid", fgColor="D9E2EC")
    for row in (12, 14, 16):
        page.row_dimensions[row].height = 48
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


story = Story(env)  # ruff: ignore[undefined-name] - the shell's environment
played = story.play()
story.write_documents(played)
story.write_logins()
