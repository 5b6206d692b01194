from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .learning_common import TODAY, LearningCommon

IMPROVED = datetime(2026, 6, 20, 8)


@tagged("post_install", "-at_install")
class TestRefutedAgain(LearningCommon):
    """What was refuted, improved and works for all we know can be refuted again (R43)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure = cls._measure()

    def _come(self, received, shipped):
        """:return: a complaint about goods shipped on ``shipped``, and what the job makes of it"""
        complaint = self._about(received=received, line={"date_shipped": shipped})
        self._learn(received)
        return complaint

    def _improve(self, **vals):
        """Refuted, then done better, the clean point left as it is where nothing is said."""
        self._come(TODAY, datetime(2026, 5, 1))
        self.assertEqual((self.measure.state, len(self._told(self.measure))), ("open", 1))
        with freeze_time(IMPROVED):
            if vals:
                self.measure.write(vals)
            self.measure.action_finish("Thicker film")
        self._learn(IMPROVED)

    def _judge(self, verdict):
        with freeze_time(datetime(2026, 7, 10)):
            self.measure.effectiveness = verdict

    def _assert_refuted_again(self, complaint, times=2):
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("open", "ineffective"))
        self.assertTrue(self.measure.is_refuted)
        self.assertIn(complaint, self.measure.contradiction_ids.new_complaint_id)
        self.assertEqual(len(self._told(self.measure)), times)

    def _assert_quiet(self, effectiveness="ineffective"):
        self.assertEqual((self.measure.state, self.measure.effectiveness), ("done", effectiveness))
        self.assertEqual(len(self._told(self.measure)), 1)

    # ------------------------------------------------------------
    # The clean point left as it was
    # ------------------------------------------------------------
    def test_judged_effective(self):
        """Refuted, improved, checked, and found effective: what comes then counts anew."""
        self._improve()
        self._judge("effective")
        self._assert_refuted_again(self._come(datetime(2026, 7, 20), datetime(2026, 7, 1)))

    def test_judged_effective_by_its_check(self):
        self._improve()
        with freeze_time(datetime(2026, 7, 10)):
            check = self.Action.create(
                {
                    "complaint_id": self.measure.complaint_id.id,
                    "kind": "verification",
                    "name": "Does it work now?",
                    "user_id": self.user_quality.id,
                    "deadline": date(2026, 7, 10),
                }
            )
            check.with_user(self.user_quality).action_finish("0 of 500", "effective")
        self.assertEqual(self.measure.effectiveness, "effective")
        self._close(self.measure.complaint_id)
        self._assert_refuted_again(self._come(datetime(2026, 7, 20), datetime(2026, 7, 1)))

    def test_judged_effective_it_answers_for_all_behind_its_clean_point(self):
        """Who finds it effective and leaves the clean point says so of these goods, too."""
        self._improve()
        self._judge("effective")
        self._assert_refuted_again(self._come(datetime(2026, 7, 20), datetime(2026, 5, 2)))

    def test_goods_from_before_the_clean_point_never_count(self):
        self._improve()
        self._judge("effective")
        self._come(datetime(2026, 7, 20), datetime(2026, 3, 30))
        self._assert_quiet("effective")

    def test_what_spoke_against_it_before_counts_once(self):
        self._improve()
        self._judge("effective")
        self.measure.contradiction_ids.new_complaint_id._compare_again()
        self.measure._compare_measures_again()
        self._learn(datetime(2026, 7, 20))
        self._assert_quiet("effective")

    def test_goods_from_before_it_was_improved(self):
        self._improve()
        self._come(datetime(2026, 7, 20), datetime(2026, 6, 19, 20))
        self._assert_quiet()
        self.assertEqual(len(self.measure.contradiction_ids), 2, "They join")

    def test_goods_from_after_it_was_improved(self):
        """Nobody judged it: it is said to be better, and is not."""
        self._improve()
        self._assert_refuted_again(self._come(datetime(2026, 7, 20), datetime(2026, 7, 1)))

    def test_goods_of_the_day_it_was_improved(self):
        self._improve()
        self._assert_refuted_again(self._come(datetime(2026, 7, 20), datetime(2026, 6, 20, 1)))

    def test_nobody_knows_when_the_goods_were_made(self):
        self._improve()
        self._about(received=datetime(2026, 7, 20))
        self._learn(datetime(2026, 7, 20))
        self._assert_quiet()

    def test_open_again_further_complaints_join(self):
        self._improve()
        self._come(datetime(2026, 7, 20), datetime(2026, 7, 1))
        self._come(datetime(2026, 7, 21), datetime(2026, 7, 2))
        self.assertEqual(len(self._told(self.measure)), 2)
        self.assertEqual(len(self.measure.contradiction_ids), 3)

    def test_and_again(self):
        self._improve()
        self._come(datetime(2026, 7, 20), datetime(2026, 7, 1))
        with freeze_time(datetime(2026, 8, 1)):
            self.measure.action_finish("Thicker still")
        self._come(datetime(2026, 8, 20), datetime(2026, 7, 31))
        self.assertEqual((self.measure.state, len(self._told(self.measure))), ("done", 2))
        again = self._come(datetime(2026, 8, 21), datetime(2026, 8, 2))
        self._assert_refuted_again(again, 3)

    # ------------------------------------------------------------
    # By lots
    # ------------------------------------------------------------
    def test_lots_from_after_it_was_improved(self):
        lots = self.env["stock.lot"]
        for number, day in enumerate((date(2026, 4, 2), date(2026, 6, 10), date(2026, 7, 1))):
            lot = self._lot(self.product, f"L{number}")
            self.env.cr.execute(
                "UPDATE stock_lot SET create_date = %s WHERE id = %s", [day, lot.id]
            )
            lots |= lot
        lots.invalidate_recordset()
        self.measure.write({"clean_lot_id": lots[0].id, "clean_date": False, "clean_basis": "lot"})
        self._improve()
        line = {"lot_ids": [(6, 0, lots[1].ids)]}
        self._about(received=datetime(2026, 7, 20), line=line)
        self._learn(datetime(2026, 7, 20))
        self._assert_quiet()
        line = {"lot_ids": [(6, 0, lots[2].ids)]}
        complaint = self._about(received=datetime(2026, 7, 21), line=line)
        self._learn(datetime(2026, 7, 21))
        self._assert_refuted_again(complaint)

    # ------------------------------------------------------------
    # With another clean point
    # ------------------------------------------------------------
    def test_improved_checked_and_refuted_with_another_clean_point(self):
        self._improve(clean_date=date(2026, 6, 20))
        self.assertFalse(self.measure.is_refuted)
        self._judge("effective")
        self._come(datetime(2026, 7, 20), datetime(2026, 6, 19))
        self._assert_quiet("effective")
        self._assert_refuted_again(self._come(datetime(2026, 7, 21), datetime(2026, 7, 1)))
