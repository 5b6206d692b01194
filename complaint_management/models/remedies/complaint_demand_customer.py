from odoo import api, fields, models

# What the customer may say to an offer.
CUSTOMER_ANSWERS = [
    ("accepted", "Accepts"),
    ("declined", "Declines"),
    ("objected", "Objects"),
]


class ComplaintDemandCustomer(models.Model):
    """What the customer said to our offer, and when (R35, R46, R47). Written by verbs alone."""

    _inherit = "complaint.demand"

    customer_answer = fields.Selection(
        CUSTOMER_ANSWERS, "Customer's answer", readonly=True, copy=False
    )
    customer_option_id = fields.Many2one(
        "complaint.demand.option",
        "Option the customer accepts",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="Of several; it is chosen as soon as nothing stands in its way.",
    )
    customer_remark = fields.Text("Customer's remark", readonly=True, copy=False)
    customer_answered_by = fields.Char("Answered by", readonly=True, copy=False)
    times_refused = fields.Integer(
        readonly=True, copy=False, help="How often he did not want what we offered."
    )
    date_customer_answered = fields.Datetime("Customer answered on", readonly=True, copy=False)

    @api.model
    def _get_verb_fields(self):
        return super()._get_verb_fields() | {
            "customer_answer",
            "customer_option_id",
            "customer_remark",
            "customer_answered_by",
            "date_customer_answered",
            "times_refused",
        }

    def _set_state(self, state, needs_answer=False):
        """A new offer asks anew; what he said to the former one is in the chatter."""
        result = super()._set_state(state, needs_answer)
        if state == "offered":
            self._write_trusted(
                {
                    "customer_answer": False,
                    "customer_option_id": False,
                    "customer_remark": False,
                    "customer_answered_by": False,
                    "date_customer_answered": False,
                }
            )
        return result

    def _answer_by_customer(self, answer, name, remark=None, option=None):
        """Note what the customer said to our offer; callers checked who he is.

        Accepting takes the offer, or the option he chose; anything else opens the request again for
        a better offer.

        :param str answer: key of ``CUSTOMER_ANSWERS``
        :param str name: who said it
        :param str remark: his words
        :param option: the ``complaint.demand.option`` he chose, where there are several
        :raise UserError: when there is no offer to answer
        """
        self.ensure_one()
        if answer == "accepted" and option:
            option._choose()
        else:
            self._set_state("accepted" if answer == "accepted" else "open")
        self._write_trusted(
            {
                "customer_answer": answer,
                "customer_option_id": option.id if option else False,
                "customer_remark": remark or False,
                "customer_answered_by": name,
                "date_customer_answered": fields.Datetime.now(),
                "times_refused": self.times_refused + (answer != "accepted"),
            }
        )
