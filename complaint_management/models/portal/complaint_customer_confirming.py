from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Days a customer may take to test before he confirms; then we ask again.
TEST_DAYS = (7, 14, 30)


class ComplaintCustomerConfirming(models.Model):
    """The customer confirms that it is settled, and may test first (R48).

    A confirmation closes with the outcome *accepted* where nothing is open. Where something is, it
    is kept, and the salesperson closes. Parameters as of ``complaint_customer_verbs``.
    """

    _inherit = "complaint.complaint"

    date_customer_confirmed = fields.Datetime("Customer confirmed on", readonly=True, copy=False)
    customer_confirmed_by = fields.Char("Confirmed by", readonly=True, copy=False)
    date_customer_tests = fields.Date(
        "Customer tests until", readonly=True, copy=False, help="He asked for time to try it out."
    )

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "date_customer_confirmed",
            "customer_confirmed_by",
            "date_customer_tests",
        }

    def _after_resolve(self):
        """Each round is confirmed anew."""
        result = super()._after_resolve()
        self._write_trusted(
            {
                "date_customer_confirmed": False,
                "customer_confirmed_by": False,
                "date_customer_tests": False,
            }
        )
        return result

    def _customer_confirm(self, who, remark=None, seen=None):
        """It is settled (R48).

        :param str remark: what he adds; kept as his feedback (R46)
        :return: whether anything was done
        :raise UserError: before we are done, or when something changed since
        """
        self.ensure_one()
        if self.date_customer_confirmed and self.state in ("resolved", "closed"):
            return False
        self._check_seen_by_customer(seen)
        self._check_confirmable()
        remark = self._clean_words(remark)
        self._write_trusted(
            {
                "date_customer_confirmed": fields.Datetime.now(),
                "customer_confirmed_by": who.partner.name,
            }
        )
        self._note_customer(who, self.env._("I confirm that it is settled."), remark)
        if self._get_missing("close"):
            if remark:
                self.write({"customer_feedback": remark})
            self._ask_to_close()
        else:
            self.with_context(seen_version=None).action_close("accepted", feedback=remark)
        self._tell_customer_answered(lambda env: env._("The customer confirms that it is settled."))
        return True

    def _customer_test(self, who, days, seen=None):
        """He wants to try it out before he confirms; we ask again afterwards, not before.

        :param days: one of ``TEST_DAYS``; not trusted
        :return: whether anything was done
        :raise UserError: before we are done, for another time, or when something changed since
        """
        self.ensure_one()
        if days not in TEST_DAYS:
            raise UserError(self.env._("Please choose how long you want to test."))
        until = fields.Date.context_today(self) + timedelta(days=days)
        if self.date_customer_tests == until:
            return False
        self._check_seen_by_customer(seen)
        self._check_confirmable()
        silent = self.date_next_reminder

        def get_words(env):
            day = self.with_env(env)._get_print_day(until)
            return env._("I test it first and tell you by %s.", day)

        self._note_customer(who, get_words(self.env))
        vals = {"date_customer_tests": until}
        if silent:
            # His message ended the waiting; it goes on when he has tested
            vals["date_next_reminder"] = max(silent, fields.Datetime.now() + timedelta(days=days))
        self._write_trusted(vals)
        self._tell_customer_answered(get_words)
        return True

    def _check_confirmable(self):
        """:raise UserError: before we are done, or after the end"""
        if self.state != "resolved":
            raise UserError(
                self.env._("There is nothing to confirm at the moment. Send us a message.")
            )

    def _ask_to_close(self):
        """The customer is content, something is still open: a person closes."""
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The customer confirmed: do what is open and close"),
            user_id=self._get_reminding_user().id,
        )
