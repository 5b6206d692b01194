from datetime import date, datetime, time, timedelta
from random import Random

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .learning_common import CLEAN, TODAY, LearningCommon

DAYS = 40


@tagged("post_install", "-at_install")
class TestComparison(LearningCommon):
    """Complaints and ppm before and after, computed anew on random data (R43, R63)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.complaint_effect_days = DAYS
        cls.random = Random(43)
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    def _random_day(self, first, last):
        days = (last - first).days
        return datetime.combine(
            first + timedelta(days=self.random.randrange(days + 1)), time(self.random.randrange(24))
        )

    def _random_complaint(self):
        """:return: dict of what was recorded about one complaint"""
        pick = self.random
        received = self._random_day(date(2026, 2, 1), TODAY.date())
        shipped = pick.choice([None, received - timedelta(days=pick.randrange(60))])
        produced = pick.choice([None, None, (received - timedelta(days=pick.randrange(90))).date()])
        fact = {
            "received": received,
            "shipped": shipped,
            "produced": produced,
            "same": pick.random() < 0.8,
            "validity": pick.choice([False, "justified", "partly", "not_justified"]),
            "cancelled": pick.random() < 0.1,
            "confirmed": pick.randrange(4),
            "dozens": pick.random() < 0.3,
        }
        unit = self.dozen if fact["dozens"] else self.product.uom_id
        defect = self.defect_rust if fact["same"] else self.defect_billing
        complaint = self._about(
            received=received,
            defect_id=defect.id,
            line={
                "date_shipped": shipped,
                "production_date": produced,
                "defect_id": defect.id,
                "product_uom_id": unit.id,
                "quantity_complained": 5,
            },
        )
        complaint.line_ids.quantity_confirmed = fact["confirmed"]
        complaint.validity = fact["validity"]
        if fact["cancelled"]:
            complaint.action_cancel("Mistake")
        fact["id"] = complaint.id
        return fact

    def _random_delivery(self):
        when = self._random_day(date(2026, 2, 1), TODAY.date() - timedelta(days=1))
        dozens, amount = self.random.random() < 0.3, self.random.randrange(1, 40)
        unit = self.dozen if dozens else self.product.uom_id
        with freeze_time(when):
            order = self._order(lines=[(self.product, amount, unit)])
            self._deliver(order, date=when)
        return when.date(), amount * (12 if dozens else 1)

    @staticmethod
    def _behind(basis, fact):
        """Whether the goods carry the measure, told by the rules in words."""
        produced, shipped = fact["produced"], fact["shipped"] and fact["shipped"].date()
        if basis == "shipped":
            if shipped:
                return shipped >= CLEAN
            return bool(produced and produced >= CLEAN)
        day = produced or shipped
        return bool(day and day >= CLEAN)

    def _expected(self, basis, facts, deliveries):
        cases = {"before": 0, "after": 0}
        confirmed, delivered = dict(cases), dict(cases)
        begin, end = CLEAN - timedelta(days=DAYS), CLEAN + timedelta(days=DAYS)
        for fact in facts:
            if not fact["same"] or fact["validity"] == "not_justified" or fact["cancelled"]:
                continue
            day, side = fact["received"].date(), None
            if begin <= day < CLEAN and not self._behind(basis, fact):
                side = "before"
            elif CLEAN <= day < end and self._behind(basis, fact):
                side = "after"
            if side:
                cases[side] += 1
                confirmed[side] += fact["confirmed"] * (12 if fact["dozens"] else 1)
        for day, amount in deliveries:
            if begin <= day < end:
                delivered["before" if day < CLEAN else "after"] += amount
        ppm = {s: confirmed[s] / delivered[s] * 1e6 if delivered[s] else 0 for s in cases}
        return cases, delivered, ppm

    def _check(self, measure, basis, facts, deliveries):
        cases, delivered, ppm = self._expected(basis, facts, deliveries)
        self.assertEqual(
            (measure.count_before, measure.count_after), (cases["before"], cases["after"])
        )
        self.assertAlmostEqual(measure.delivered_before, delivered["before"])
        self.assertAlmostEqual(measure.delivered_after, delivered["after"])
        self.assertAlmostEqual(measure.ppm_before, ppm["before"], places=0)
        self.assertAlmostEqual(measure.ppm_after, ppm["after"], places=0)
        self.assertEqual((measure.compared_from, measure.compared_days), (CLEAN, DAYS))
        self.assertEqual(measure.proposed_effectiveness, "ineffective" if cases["after"] else None)
        against = {
            fact["id"]
            for fact in facts
            if fact["same"]
            and fact["validity"] != "not_justified"
            and not fact["cancelled"]
            and self._behind(basis, fact)
        }
        self.assertEqual(set(measure.contradiction_ids.new_complaint_id.ids), against)
        self.assertTrue(against and cases["before"] and cases["after"], "Chance left nothing")

    def test_random(self):
        own = {
            "received": datetime(2026, 3, 1, 9),
            "shipped": None,
            "produced": None,
            "same": True,
            "validity": False,
            "cancelled": False,
            "confirmed": 0,
            "dozens": False,
        }
        shipped = self._measure(name="By ship date")
        facts = [self._random_complaint() for _index in range(30)]
        deliveries = [self._random_delivery() for _index in range(8)]
        produced = self._measure(
            shipped.complaint_id, name="By production", clean_basis="production"
        )
        self._learn()
        own["id"] = shipped.complaint_id.id
        self._check(shipped, "shipped", [own, *facts], deliveries)
        self._check(produced, "production", [own, *facts], deliveries)

    # ------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------
    def _delivered(self, amount, when):
        with freeze_time(when):
            self._deliver(self._order(lines=[(self.product, amount)]), date=when)

    def test_effective(self):
        measure = self._measure(self._about(received=datetime(2026, 3, 20)))
        self._delivered(100, datetime(2026, 3, 20))
        self._delivered(99, datetime(2026, 4, 20))
        self._learn(datetime(2026, 4, 26, 12))
        self.assertEqual(measure.proposed_effectiveness, "pending")
        self.assertIn("too few delivered yet to say", measure.effect_reason)
        self._delivered(1, datetime(2026, 4, 25))
        self._learn(datetime(2026, 4, 27, 12))
        self.assertEqual(measure.proposed_effectiveness, "effective")
        self.assertEqual(
            measure.effect_reason,
            "27 days each: 1 complaint before, none after; 100 delivered since",
        )
        self.assertEqual(measure.effectiveness, "pending", "The verdict is somebody's")

    def test_nothing_delivered_before(self):
        measure = self._measure()
        self._delivered(100, datetime(2026, 4, 20))
        self._learn()
        self.assertEqual(measure.proposed_effectiveness, "pending")
        self.assertIn("nothing before to compare with", measure.effect_reason)

    def test_goods_in_different_units(self):
        other = self._product(name="Wax", uom_id=self.env.ref("uom.product_uom_kgm").id)
        lines = [
            Command.create(
                self._prepare_line_vals(
                    product_id=product.id, product_uom_id=unit.id, date_shipped=False
                )
            )
            for product, unit in ((self.product, self.product.uom_id), (other, other.uom_id))
        ]
        case = self._about(received=datetime(2026, 3, 20), line_ids=lines)
        measure = self._measure(case)
        self._delivered(100, datetime(2026, 4, 20))
        self._learn()
        self.assertEqual((measure.count_before, measure.delivered_after), (1, 0))
        self.assertEqual(measure.proposed_effectiveness, "pending")
        self.assertIn("different units", measure.effect_reason)

    def test_windows_are_as_long_as_has_passed(self):
        measure = self._measure()
        self._learn(datetime(2026, 4, 10, 12))
        self.assertEqual(measure.compared_days, 10)
        self._learn(datetime(2026, 4, 11, 12))
        self.assertEqual(measure.compared_days, 11)
        self._learn(TODAY)
        self.assertEqual(measure.compared_days, DAYS)

    def test_other_window(self):
        measure = self._measure()
        self._learn()
        self.assertTrue(measure.compared_fully)
        self.company.complaint_effect_days = 60
        self._learn()
        self.assertEqual(measure.compared_days, 60)

    def test_clean_point_to_come(self):
        measure = self._measure(clean_date=date(2026, 7, 1))
        self._learn()
        self.assertEqual((measure.compared_days, measure.proposed_effectiveness), (0, "pending"))
        self.assertEqual(measure.effect_reason, "No goods carry the measure yet.")

    def test_without_clean_point(self):
        measure = self._measure(clean_date=False)
        self._learn()
        self.assertFalse(measure.proposed_effectiveness)
        self.assertIn("Without a clean point", measure.effect_reason)

    def test_figures_go_with_the_clean_point(self):
        measure = self._measure()
        self._about(received=datetime(2026, 4, 20), line={"date_shipped": datetime(2026, 4, 10)})
        self._learn()
        self.assertEqual(measure.count_after, 1)
        measure.clean_date = False
        self._learn()
        self.assertEqual((measure.count_after, measure.proposed_effectiveness), (0, False))
        self.assertFalse(measure.is_refuted)

    def test_deliveries_by_lot(self):
        """Of what left since, goods of older lots do not carry the measure."""
        paint = self._product("lot", name="Paint")
        old, new = self._lot(paint, "2"), self._lot(paint, "1")
        deliveries = ((old, 7, datetime(2026, 3, 20)), (new, 5, datetime(2026, 4, 2)))
        for lot, amount, when in (*deliveries, (old, 11, datetime(2026, 4, 9))):
            with freeze_time(when):
                order = self._order(lines=[(paint, amount)])
                self._deliver(order, lots={paint: [(lot, amount)]}, date=when)
        case = self._about(
            received=datetime(2026, 3, 25),
            line={"product_id": paint.id, "lot_ids": [Command.set(old.ids)]},
        )
        measure = self._measure(case, clean_date=False, clean_lot_id=new.id)
        self._learn()
        self.assertEqual((measure.delivered_before, measure.delivered_after), (7, 5))


@tagged("post_install", "-at_install", "-standard")
class TestComparisonKit(LearningCommon):
    """Goods sold as a kit: kits are delivered, although their parts move (R43)."""

    def test_kits(self):
        self._set_up_kit()
        for amount, when in ((4, datetime(2026, 3, 20)), (6, datetime(2026, 4, 20))):
            with freeze_time(when):
                self._deliver(self._order(lines=[(self.kit, amount)]), date=when)
        case = self._about(received=datetime(2026, 3, 25), line={"product_id": self.kit.id})
        measure = self._measure(case)
        part = self._about(line={"product_id": self.blade.id, "date_shipped": datetime(2026, 5, 1)})
        self._learn()
        self.assertEqual((measure.delivered_before, measure.delivered_after), (4, 6))
        self.assertFalse(part.contradicted_ids, "A part is another product than its kit")
        kit = self._about(line={"product_id": self.kit.id, "date_shipped": datetime(2026, 5, 1)})
        self._learn()
        self.assertEqual(measure.contradiction_ids.new_complaint_id, kit)
