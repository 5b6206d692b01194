from odoo import api, models

READY = ("assigned", "done")
PAID = ("paid", "in_payment", "reversed")


class ComplaintCallExecution(models.AbstractModel):
    """How far an order is: received, ready, picked, shipped, invoiced (R1, R2).

    A transfer is a dict of ``id``, ``name``, ``state``, ``date_done``, ``carrier``,
    ``tracking_ref``, its ``parcels`` and ``way``: ``out`` to the customer, ``back`` from him,
    ``in`` from a supplier, ``inside`` the house. Cancelled ones are left out.
    """

    _inherit = "complaint.call"

    @api.model
    def _prepare_order(self, order, lines, names):
        """A quotation has no steps yet."""
        vals = super()._prepare_order(order, lines, names)
        transfers = order["transfers"] or []
        sent = [t for t in transfers if t["way"] == "out" and t["state"] == "done"]
        is_order = order["state"] == "sale"
        goods = lines[0] if lines else {}
        return {
            **vals,
            "steps": self._prepare_steps(order, goods, transfers) if is_order else [],
            "tracking": self._prepare_tracking(sent),
            "pickings": [
                {"id": t["id"], "name": t["name"], "date_done": t["date_done"]} for t in sent
            ],
        }

    @api.model
    def _prepare_steps(self, order, goods, transfers):
        """Hook: the steps of a confirmed order; those that do not apply are left out.

        :param dict order: of :meth:`_read_orders`
        :param dict goods: sums over its lines, see :meth:`_read_order_lines`
        :param list transfers: see above
        :return: list of dicts
        """
        received = self.env._("Received")
        steps = [self._prepare_step("received", received, True, order["date_order"])]
        if goods.get("goods_lines"):
            steps += [
                self._prepare_finished(order, transfers),
                *self._prepare_picked(transfers),
                self._prepare_shipped(goods, transfers),
            ]
        return [*steps, self._prepare_invoiced(order)]

    @api.model
    def _prepare_step(self, key, label, done, date=None, note=""):
        """:param str date: moment (UTC) or None; said also of a step that is done in part
        :return: dict of one step
        """
        return {
            "key": key,
            "label": label,
            "done": bool(done),
            "date": date or False,
            "note": note,
        }

    @api.model
    def _prepare_finished(self, order, transfers):
        """Made, where it is made here; else whether all of it lies ready or has gone."""
        made = order["productions"] or []
        if made:
            finished = [production for production in made if production["state"] == "done"]
            dates = [p["date_finished"] for p in finished if p["date_finished"]]
            note = self._say_partly(len(finished), len(made))
            is_done = len(finished) == len(made)
            return self._prepare_step(
                "finished", self.env._("Made"), is_done, max(dates, default=None), note
            )
        going = [t for t in transfers if t["way"] in ("out", "inside")]
        waits = [t for t in going if t["state"] not in READY]
        note = self.env._("waits for goods") if waits else ""
        # The day it lay ready is not kept: the day the first of it was taken is the latest possible
        date = next((t["date_done"] for t in going if t["date_done"]), None)
        return self._prepare_step("finished", self.env._("Ready"), going and not waits, date, note)

    @api.model
    def _prepare_picked(self, transfers):
        """:return: list with the step of warehouses that pick or pack first; else empty"""
        inside = [t for t in transfers if t["way"] == "inside"]
        if not inside:
            return []
        done = [t for t in inside if t["state"] == "done"]
        date = max((t["date_done"] for t in done if t["date_done"]), default=None)
        note = self._say_partly(len(done), len(inside))
        is_done = len(done) == len(inside)
        return [self._prepare_step("picked", self.env._("Picked"), is_done, date, note)]

    @api.model
    def _prepare_shipped(self, goods, transfers):
        """Shipped is what left the house, also when it came back since: both are said."""
        sent = [t for t in transfers if t["way"] == "out" and t["state"] == "done"]
        back = [t for t in transfers if t["way"] == "back" and t["state"] == "done"]
        waits = [t for t in transfers if t["way"] != "back" and t["state"] != "done"]
        notes = [self._say_shipped(goods)] if sent else []
        if back:
            notes.append(self.env._("came back: %s", ", ".join(t["name"] for t in back)))
        note = ", ".join(filter(None, notes))
        date = max((t["date_done"] for t in sent if t["date_done"]), default=None)
        return self._prepare_step("shipped", self.env._("Shipped"), sent and not waits, date, note)

    @api.model
    def _say_shipped(self, goods):
        """:return: translated “6 of 10”, of lines where units differ; empty when it is all"""
        ordered, sent = goods["goods_quantity"] or 0, goods["goods_sent"] or 0
        if goods["is_one_unit"]:
            if sent >= ordered:
                return ""
            return self.env._("%(sent)s of %(ordered)s", sent=f"{sent:g}", ordered=f"{ordered:g}")
        if goods["goods_lines_sent"] == goods["goods_lines"]:
            return ""
        return self.env._(
            "%(sent)s of %(ordered)s lines",
            sent=goods["goods_lines_sent"],
            ordered=goods["goods_lines"],
        )

    @api.model
    def _say_partly(self, done, total):
        """:return: translated “1 of 2”; empty when it is all, or nothing yet"""
        if not done or done == total:
            return ""
        return self.env._("%(done)s of %(total)s", done=done, total=total)

    @api.model
    def _prepare_invoiced(self, order):
        posted = [row for row in order["invoices"] or [] if row["state"] == "posted"]
        bills = [row for row in posted if row["move_type"] == "out_invoice"]
        is_done = bool(bills) and order["invoice_status"] != "to invoice"
        notes = []
        if bills:
            unpaid = any(row["payment_state"] not in PAID for row in bills)
            notes = [] if is_done else [self.env._("partly")]
            notes.append(self.env._("not paid") if unpaid else self.env._("paid"))
        if len(bills) < len(posted):
            notes.append(self.env._("with credit note"))
        # Noon, so that it stays the same day wherever it is read
        date = f"{bills[-1]['invoice_date']} 12:00:00" if bills else None
        return self._prepare_step(
            "invoiced", self.env._("Invoiced"), is_done, date, ", ".join(notes)
        )

    @api.model
    def _prepare_tracking(self, sent):
        """:param list sent: transfers that left the house
        :return: list of dicts; several parcels of one transfer have a line each
        """
        return [
            {
                "carrier": transfer["carrier"] or "",
                "reference": reference,
                # A carrier's link is opened by a click: nothing but the web
                "url": link if str(link).startswith(("https://", "http://")) else False,
            }
            for transfer in sent
            for reference, link in transfer.get("parcels", ())
        ]
