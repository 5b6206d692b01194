from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, tagged

from ...models.learning.clean_point import CleanPoint, Goods, Lot
from .learning_common import TODAY, LearningCommon

DAY = date(2026, 4, 1)
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 2)


def lot(number, day, product=1, hour=12):
    """:return: a lot that appeared on ``day``"""
    return Lot(datetime(day.year, day.month, day.day, hour), number, product, day)


def goods(*lots, produced=None, shipped=None):
    """:return: goods of one line"""
    return Goods(lots, produced, shipped)


@tagged("post_install", "-at_install")
class TestOrderOfGoods(TransactionCase):
    """Which goods are behind a clean point (R43); no database is asked."""

    def _check(self, point, cases):
        for what, expected in cases:
            with self.subTest(what=what):
                self.assertEqual(point.is_behind(what), expected)

    def test_lots(self):
        clean = lot(50, DAY)
        self._check(
            CleanPoint("lot", lot=clean),
            [
                (goods(clean), True),
                (goods(lot(7, DAY, hour=13)), True),
                (goods(lot(99, DAY, hour=11)), False),
                # At the same moment: as they were recorded
                (goods(lot(49, DAY)), False),
                (goods(lot(51, DAY)), True),
                # Nobody knows which one was bad
                (goods(lot(51, DAY), lot(3, BEFORE)), False),
                (goods(lot(51, DAY), lot(52, AFTER)), True),
                # The lot says more than dates
                (goods(lot(3, BEFORE), produced=AFTER, shipped=AFTER), False),
                # Other goods of the case: by the day
                (goods(lot(3, DAY, product=2, hour=1)), True),
                (goods(lot(99, BEFORE, product=2)), False),
                (goods(produced=DAY), True),
                (goods(produced=BEFORE, shipped=AFTER), False),
                (goods(shipped=DAY), True),
                (goods(shipped=BEFORE), False),
                (goods(), None),
            ],
        )

    def test_production(self):
        self._check(
            CleanPoint("production", day=DAY),
            [
                (goods(produced=DAY), True),
                (goods(produced=BEFORE, shipped=AFTER), False),
                (goods(lot(1, DAY), shipped=BEFORE), True),
                (goods(lot(1, DAY), lot(2, BEFORE)), False),
                (goods(lot(1, AFTER), produced=BEFORE), False),
                (goods(shipped=DAY), True),
                (goods(shipped=BEFORE), False),
                (goods(), None),
            ],
        )

    def test_shipped(self):
        self._check(
            CleanPoint("shipped", day=DAY),
            [
                (goods(shipped=DAY), True),
                (goods(shipped=BEFORE, produced=AFTER), False),
                (goods(lot(1, BEFORE), shipped=DAY), True),
                (goods(produced=AFTER), True),
                (goods(produced=BEFORE), None),
                (goods(lot(1, AFTER)), None),
                (goods(), None),
            ],
        )


@tagged("post_install", "-at_install")
class TestCleanPoint(LearningCommon):
    """The clean point as people enter it, and lots as they came into stock (R43, 8D D6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paint = cls._product("lot", name="Paint")
        # Recorded in another order than they came: names and records say nothing
        cls.lot_c, cls.lot_a, cls.lot_b = (cls._lot(cls.paint, name) for name in "CAB")
        cls.pickings = {
            lot: cls._delivered(lot, when)
            for lot, when in (
                (cls.lot_b, datetime(2026, 3, 10, 8)),
                (cls.lot_c, datetime(2026, 4, 1, 8)),
                (cls.lot_a, datetime(2026, 4, 20, 8)),
            )
        }
        case = cls._about(
            received=datetime(2026, 3, 15),
            line={"product_id": cls.paint.id, "lot_ids": [Command.set(cls.lot_b.ids)]},
        )
        cls.measure = cls._measure(case, clean_date=False, clean_lot_id=cls.lot_c.id)

    @classmethod
    def _delivered(cls, lot, when):
        with freeze_time(when):
            order = cls._order(lines=[(cls.paint, 5)])
            return cls._deliver(
                order, lots={cls.paint: [(lot, 5)]}, quantities={cls.paint: 5}, date=when
            )

    def _about_lot(self, *lots, **line):
        return self._about(
            line={
                "product_id": self.paint.id,
                "product_uom_id": self.paint.uom_id.id,
                "lot_ids": [Command.set([lot.id for lot in lots])],
                **line,
            }
        )

    def test_lots_in_the_order_they_came(self):
        self.assertEqual(self.measure.clean_basis, "lot")
        self._about_lot(self.lot_b, date_shipped=TODAY)
        self._learn()
        self.assertEqual(self.measure.state, "done", "B came before C, whatever their names")
        self._about_lot(self.lot_a, self.lot_b)
        self._learn()
        self.assertEqual(self.measure.state, "done", "Nobody knows which of the two was bad")
        complaint = self._about_lot(self.lot_a)
        self._learn()
        self.assertEqual(self.measure.contradiction_ids.new_complaint_id, complaint)
        self.assertEqual(self.measure.state, "open")

    def test_the_clean_lot_itself(self):
        self._about_lot(self.lot_c)
        self._learn()
        self.assertTrue(self.measure.is_refuted)

    def test_lot_that_is_recorded_only(self):
        """A lot that never moved counts from the moment it was recorded: today."""
        self._about_lot(self._lot(self.paint, "0001"))
        self._learn()
        self.assertTrue(self.measure.is_refuted)

    def test_kit_component_from_delivery(self):
        """The delivery door names what is in a kit: its lot counts like any other."""
        complaint = self.env["complaint.complaint"].create_from_picking(
            self.pickings[self.lot_a].id, {"defect_id": self.defect_rust.id}
        )
        complaint = self.env["complaint.complaint"].browse(complaint.id)
        complaint.line_ids.quantity_complained = 1
        complaint.write(
            {
                "category_id": self.category_quality.id,
                "description": "Rusty",
                "evidence_ids": [Command.create({"name": "P", "missing_reason": "Follows"})],
                "demand_ids": [Command.create({"kind": "apology"})],
            }
        )
        complaint.action_register()
        self._learn()
        self.assertEqual(self.measure.contradiction_ids.new_complaint_id, complaint)

    # ------------------------------------------------------------
    # Entering it
    # ------------------------------------------------------------
    def test_printed_text_follows_until_somebody_words_it(self):
        self.assertEqual(self.measure.clean_point, "From lot C on")
        self.measure.clean_lot_id = self.lot_a
        self.assertEqual(self.measure.clean_point, "From lot A on")
        self.measure.write({"clean_basis": "production", "clean_date": DAY, "clean_lot_id": False})
        self.assertEqual(self.measure.clean_point, "Made from 04/01/2026 on")
        self.measure.clean_point = "Cartons with a green dot"
        self.measure.clean_date = AFTER
        self.assertEqual(self.measure.clean_point, "Cartons with a green dot")
        notes = "".join(self.measure.complaint_id.message_ids.mapped("body"))
        self.assertIn("From lot C on", notes)
        self.assertIn("Made from 04/02/2026 on", notes)

    def test_in_the_customer_s_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        case = self.measure.complaint_id
        case.contact_id.lang = case.partner_id.lang = "de_DE"
        self.measure.write({"clean_lot_id": False, "clean_date": DAY})
        self.assertIn("01.04.2026", self.measure.clean_point)

    def test_own_words_of_a_new_measure_stay(self):
        measure = self._measure(clean_point="Cartons with a green dot")
        self.assertEqual(measure.clean_point, "Cartons with a green dot")
        measure.clean_date = AFTER
        self.assertEqual(measure.clean_point, "Cartons with a green dot")

    def test_own_words_stay_in_the_form_of_a_new_measure(self):
        case = self.measure.complaint_id
        for words in ("Shipped from 04/02/2026 on", "Cartons with a green dot"):
            with self.subTest(words):
                form = Form(
                    self.Action.with_context(default_complaint_id=case.id),
                    view="complaint_management.complaint_action_view_form",
                )
                form.name, form.kind, form.deadline = "Film", "corrective", DAY
                form.clean_basis = "shipped"
                form.clean_date = DAY
                self.assertEqual(form.clean_point, "Shipped from 04/01/2026 on")
                if "dot" in words:
                    form.clean_point = words
                measure = form.save()
                measure.clean_date = AFTER
                self.assertEqual(measure.clean_point, words)

    def test_own_words_given_with_another_day_stay(self):
        measure = self._measure()
        measure.write({"clean_date": AFTER, "clean_point": "Shipped from 04/01/2026 on"})
        self.assertEqual(measure.clean_point, "Shipped from 04/01/2026 on")
        measure.write({"clean_date": DAY, "clean_point": False})
        self.assertEqual(measure.clean_point, "Shipped from 04/01/2026 on")
        measure.clean_date = AFTER
        self.assertEqual(measure.clean_point, "Shipped from 04/02/2026 on")

    def test_follows_when_the_language_changed_in_between(self):
        """What was proposed in English is nobody's own wording in German."""
        measure = self._measure()
        self.env["res.lang"]._activate_lang("de_DE")
        case = measure.complaint_id
        case.contact_id.lang = case.partner_id.lang = "de_DE"
        measure.clean_date = AFTER
        self.assertIn("02.04.2026", measure.clean_point)

    def test_follows_in_the_form_when_the_lot_was_renamed(self):
        self.lot_c.name = "C-2026"
        form = Form(self.measure, view="complaint_management.complaint_action_view_form")
        form.clean_lot_id = self.lot_a
        self.assertEqual(form.clean_point, "From lot A on")
        form.save()
        self.assertEqual(self.measure.clean_point, "From lot A on")
        self.lot_a.name = "A-2026"
        self.measure.clean_lot_id = self.lot_b
        self.assertEqual(self.measure.clean_point, "From lot B on")

    def test_in_the_form(self):
        form = Form(self.measure, view="complaint_management.complaint_action_view_form")
        form.clean_lot_id = self.lot_a
        self.assertEqual(form.clean_point, "From lot A on")
        form.clean_basis = "shipped"
        form.clean_date = DAY
        self.assertEqual(form.clean_point, "Shipped from 04/01/2026 on")
        form.save()
        self.assertEqual(self.measure.clean_basis, "shipped")

    def test_lot_of_other_goods(self):
        other = self._lot(self._product("lot", name="Glue"), "G-1")
        with self.assertRaisesRegex(ValidationError, "other goods"):
            self.measure.clean_lot_id = other

    def test_a_day_alone_is_the_day_goods_left(self):
        measure = self._measure()
        self.assertEqual((measure.clean_basis, measure.has_clean_point), ("shipped", True))
        measure.clean_date = False
        self.assertFalse(measure.has_clean_point)

    def test_other_kinds_have_none(self):
        check = self.measure.create(
            {
                "complaint_id": self.measure.complaint_id.id,
                "name": "Look",
                "kind": "verification",
                "deadline": DAY,
                "clean_date": DAY,
            }
        )
        self.assertFalse(check.has_clean_point)

    def test_only_who_plans_sets_it(self):
        own = self.measure.with_user(self.user_purchasing)
        for vals in ({"clean_date": AFTER}, {"clean_proposal": self.measure.clean_point}):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "belong to the plan"):
                own.write(vals)

    def test_whoever_approves_has_seen_point_and_check(self):
        """What was planned about the effect makes a new version (T17)."""
        complaint = self.measure.complaint_id
        for vals in (
            {"clean_lot_id": self.lot_a.id},
            {"check_date": AFTER},
            {"check_criterion": "0 of 500"},
        ):
            with self.subTest(vals):
                before = complaint.version
                self.measure.write(vals)
                self.assertGreater(complaint.version, before)
