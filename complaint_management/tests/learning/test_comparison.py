from datetime import date, datetime, time, timedelta
from random import Random
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

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
        self._judge(complaint, fact)
        complaint.validity = fact["validity"]
        if fact["cancelled"]:
            complaint.action_cancel("Mistake")
        fact["id"] = complaint.id
        return fact

    def _judge(self, complaint, fact):
        """Judge the point; some goods have a second one, about the other defect."""
        pick = self.random
        findings = ("pending", "confirmed", "confirmed", "not_confirmed", "no_trouble_found")
        complaint.point_ids.finding = pick.choice(findings)
        if pick.random() < 0.5:
            other = self.defect_billing if fact["same"] else self.defect_rust
            complaint.point_ids.create(
                {
                    "complaint_id": complaint.id,
                    "defect_id": other.id,
                    "line_ids": [Command.set(complaint.line_ids.ids)],
                    "finding": pick.choice(findings),
                }
            )
        fact["points"] = [(p.defect_id == self.defect_rust, p.finding) for p in complaint.point_ids]

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

    @staticmethod
    def _counts(fact):
        """Whether it is a complaint about rust, told by the rules in words."""
        said = any(rust and finding in ("pending", "confirmed") for rust, finding in fact["points"])
        return said and fact["validity"] != "not_justified" and not fact["cancelled"]

    @staticmethod
    def _share(fact):
        """How much of what was confirmed is rusty: confirmed points share it, else all."""
        sharing = [p for p in fact["points"] if p[1] == "confirmed"] or fact["points"]
        rusty = [p for p in sharing if p[0] and p[1] in ("pending", "confirmed")]
        return len(rusty) / len(sharing)

    def _expected(self, basis, facts, deliveries):
        cases = {"before": 0, "after": 0}
        confirmed, delivered = dict(cases), dict(cases)
        begin, end = CLEAN - timedelta(days=DAYS), CLEAN + timedelta(days=DAYS)
        for fact in facts:
            if not self._counts(fact):
                continue
            day, side = fact["received"].date(), None
            if begin <= day < CLEAN and not self._behind(basis, fact):
                side = "before"
            elif CLEAN <= day < end and self._behind(basis, fact):
                side = "after"
            if side:
                cases[side] += 1
                pieces = fact["confirmed"] * (12 if fact["dozens"] else 1)
                confirmed[side] += pieces * self._share(fact)
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
        self.assertEqual(measure.proposed_effectiveness, "ineffective")
        against = {fact["id"] for fact in facts if self._counts(fact) and self._behind(basis, fact)}
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
            "points": [(True, "pending")],
        }
        shipped = self._measure(name="By ship date")
        facts = [self._random_complaint() for _index in range(60)]
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

    def test_one_day(self):
        measure = self._measure()
        self._learn(datetime(2026, 4, 1, 12))
        self.assertEqual(measure.compared_days, 1)
        self.assertTrue(measure.effect_reason.startswith("1 day each: "), measure.effect_reason)

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

    def test_goods_that_were_refuted_are_not_compared(self):
        """Wax that was complained about for nothing keeps no screwdriver from being counted."""
        wax = self._product(name="Wax", uom_id=self.env.ref("uom.product_uom_kgm").id)
        lines = [
            Command.create(
                self._prepare_line_vals(
                    product_id=product.id,
                    product_uom_id=product.uom_id.id,
                    defect_id=defect.id,
                    date_shipped=False,
                )
            )
            for product, defect in ((self.product, self.defect_rust), (wax, self.defect_billing))
        ]
        case = self._about(received=datetime(2026, 3, 20), line_ids=lines)
        measure = self._measure(case)
        case.point_ids.filtered(
            lambda p: p.defect_id == self.defect_billing
        ).finding = "not_confirmed"
        self._delivered(100, datetime(2026, 4, 20))
        self._learn()
        self.assertEqual((measure.count_before, measure.delivered_after), (1, 100))

    def test_complaint_after_the_window(self):
        """What came later speaks against the measure as well: proposal and mark agree."""
        measure = self._measure(self._about(received=datetime(2026, 3, 20)))
        for when in (datetime(2026, 3, 20), datetime(2026, 4, 20)):
            self._delivered(100, when)
        self._learn()
        self.assertEqual(measure.proposed_effectiveness, "effective")
        complaint = self._about(line={"date_shipped": datetime(2026, 6, 1)})
        self._learn()
        self.assertEqual((measure.count_after, measure.is_refuted), (0, True))
        self.assertEqual(measure.proposed_effectiveness, "ineffective")
        self.assertEqual(
            measure.effect_reason,
            "40 days each: 1 complaint before, none after; 100 delivered since; complaints came "
            "later about goods that carry it",
        )
        complaint.action_cancel("Sent twice")
        self._learn()
        self.assertEqual(measure.proposed_effectiveness, "effective")
        self.assertNotIn("later", measure.effect_reason)

    def test_delivered_as_bad_parts_per_million_count_it(self):
        """Who counts deliveries otherwise says so once."""
        measure = self._measure()
        self._delivered(100, datetime(2026, 4, 20))
        ppm = type(self.env["complaint.analysis.ppm"])
        get_delivered = ppm._get_delivered

        def get_half(model):
            return SQL(
                "SELECT source_id, move_id, company_id, product_id, lot_id, date, "
                "delivered / 2 AS delivered FROM (%s) all_of_it",
                get_delivered(model),
            )

        with patch.object(ppm, "_get_delivered", get_half):
            self._learn()
            rows = self.env["complaint.analysis.ppm"].search([("product_id", "=", self.product.id)])
            self.assertEqual(rows.mapped("quantity_delivered"), [50])
        self.assertEqual(measure.delivered_after, 50)

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

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_kit()

    def _sell(self, amount):
        with freeze_time(datetime(2026, 3, 10)):
            return self._order(lines=[(self.kit, amount)])

    def _send(self, order, when, **kwargs):
        with freeze_time(when):
            return self._deliver(order, date=when, **kwargs)

    def _take_back(self, picking, when, *parts, **kwargs):
        """:param parts: (product, quantity)"""
        with freeze_time(when):
            lots = {self.blade: [(picking.move_line_ids.lot_id, dict(parts).get(self.blade, 0))]}
            return self._return(picking, dict(parts), lots=lots, **kwargs)

    def _delivered_kits(self):
        """:return: kits delivered before and after the first of April"""
        case = self._about(received=datetime(2026, 3, 25), line={"product_id": self.kit.id})
        measure = self._measure(case)
        self._learn()
        return measure.delivered_before, measure.delivered_after

    def test_kits_that_came_back(self):
        """They left when they left."""
        picking = self._send(self._sell(6), datetime(2026, 3, 20))
        self._take_back(picking, datetime(2026, 5, 5), (self.handle, 2), (self.blade, 4))
        self.assertEqual(self._delivered_kits(), (6, 0))

    def test_kits_of_which_a_part_came_back(self):
        picking = self._send(self._sell(6), datetime(2026, 3, 20))
        self._take_back(picking, datetime(2026, 5, 5), (self.blade, 1))
        self.assertEqual(self._delivered_kits()[1], 0)
        self.assertAlmostEqual(self._delivered_kits()[0], 6, delta=0.6)

    def test_kits_that_all_came_back(self):
        picking = self._send(self._sell(6), datetime(2026, 3, 20))
        self._take_back(picking, datetime(2026, 5, 5), (self.handle, 6), (self.blade, 12))
        self.assertEqual(self._delivered_kits(), (6, 0))

    def test_kits_in_several_deliveries(self):
        order = self._sell(6)
        self._send(order, datetime(2026, 3, 20), quantities={self.handle: 2, self.blade: 4})
        self._send(order, datetime(2026, 4, 20))
        self.assertEqual(self._delivered_kits(), (2, 4))

    def test_kits_part_by_part(self):
        """A kit is delivered when its last part is."""
        order = self._sell(6)
        self._send(order, datetime(2026, 3, 20), quantities={self.handle: 6})
        self._send(order, datetime(2026, 3, 25), quantities={self.blade: 4})
        self._send(order, datetime(2026, 4, 20))
        self.assertEqual(self._delivered_kits(), (2, 4))

    def test_kits_that_are_sold_no_more(self):
        order = self._sell(6)
        self._send(order, datetime(2026, 3, 20))
        order._create_invoices()
        self.bom.active = False
        self.assertEqual(self._delivered_kits(), (6, 0))

    def test_kits(self):
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
