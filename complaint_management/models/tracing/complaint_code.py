from odoo import api, models
from odoo.exceptions import UserError

from .codes import read_code

# In this order, until one knows the code: what is on the goods, then papers; what is looked up in
# large tables after the product, whose bar code is scanned most.
CODE_KINDS = ("lot", "order", "delivery", "product", "package", "similar_lot")


class ComplaintCode(models.Model):
    """A code that is scanned or typed picks the goods (R2, R7, R61, R62).

    Finders (``complaint_code_find``) say what it is; ``complaint_adding`` adds and ticks. Nothing
    is written where the code is unknown, somebody else's, or there twice.
    """

    _inherit = "complaint.complaint"

    def action_add_code(self, code):
        """Add or tick the goods a code stands for: lot, serial number, order (ours or the
        customer's number), delivery, package, tracking number, or product.

        :param str code: as scanned or typed; GS1 codes with lot or serial number, too
        :return: dict ``level`` (``success``: added, ``info``: was there already, ``choice``),
            ``message`` (translated), ``line_id`` (the ``complaint.line`` it ticked, or False) and
            ``action`` (what asks which of several is meant, or False)
        :raise AccessError: when the caller may not write the complaint
        :raise UserError: unknown code, another customer's or company's goods, a case that is over
        """
        self.ensure_one()
        self._check_goods_addable()
        read = read_code(code)
        if not read["text"]:
            raise UserError(self.env._("Scan or type a lot, serial, order or delivery number."))
        refusals = []
        for kind in CODE_KINDS:
            found, refusal = getattr(self, f"_find_code_{kind}")(read)
            if found:
                answer = self._add_found(read["text"], found)
                self._drop_empty_lines()
                return answer
            refusals += filter(None, [refusal])
        raise UserError(refusals[0] if refusals else self._get_unknown_text(read["text"]))

    @api.model
    def create_from_code(self, code, vals=None):
        """Open a complaint with the goods of a code, in one go: where the code is refused, nothing
        is left behind.

        :param str code: see :meth:`action_add_code`
        :param dict vals: what is known already: customer, words, who complains
        :return: answer of :meth:`action_add_code`, with ``complaint_id``
        :raise AccessError: when the caller may not open complaints
        :raise UserError: see :meth:`action_add_code`
        """
        self.check_access("create")
        complaint = self.create(dict(vals or {}))
        return {**complaint.action_add_code(code), "complaint_id": complaint.id}

    def _get_unknown_text(self, code):
        return self.env._(
            "“%s” is no lot, serial, order, delivery or product that you may see. Look at the code "
            "again, or add the goods by hand.",
            code,
        )

    def _drop_empty_lines(self):
        """A row nobody wrote anything into is in the way of those that were scanned."""
        if self._is_unregistered():
            said = ("product_id", "name", "specification", "lot_ids", "lot_name", "production_date")
            self.line_ids.filtered(
                lambda line: (
                    not line.sale_line_id
                    and not line.move_id
                    and not any(line[name] for name in said)
                )
            ).unlink()

    # ------------------------------------------------------------
    # What was found
    # ------------------------------------------------------------
    def _add_found(self, code, found):
        """:param list found: dicts of a finder, see ``complaint_code_find``
        :return: answer of :meth:`action_add_code`
        """
        if len(found) > 1:
            return self._ask_which(code, found)
        (goods,) = found
        if goods.get("line"):
            return self._answer_line(goods["line"], goods["line"]._tick_goods(goods.get("lot_id")))
        if goods.get("move_id"):
            line, changed = self._add_delivered(goods["source"], goods["move_id"], goods["lot_id"])
            return self._answer_line(line, changed)
        if goods.get("source") is not None:
            return self._answer_source(goods["source"], self._add_source(goods["source"]))
        return self._answer_line(*self._add_product(goods["product_id"]))

    def _ask_which(self, code, found):
        """:return: answer of :meth:`action_add_code` that opens the small choice"""
        return {
            "level": "choice",
            "message": self.env._("“%s” is there more than once: choose which is meant.", code),
            "line_id": False,
            "action": self._choose_source(
                self.env._("Which one is “%s”?", code), [self._prepare_choice(f) for f in found]
            ),
        }

    def _answer_line(self, line, changed):
        name = " · ".join(filter(None, (line.name, line.lot_label)))
        if not changed:
            message = self.env._("%s is there already.", name)
        elif line.quantity_unsaid and not line.quantity_complained:
            message = self.env._("%s added. Ask the customer how many.", name)
        else:
            message = self.env._("%s added.", name)
        return self._prepare_answer("success" if changed else "info", message, line)

    def _answer_source(self, source, count):
        if not count:
            message = self.env._("All goods of %s are there already.", source.name)
        else:
            message = self.env._(
                "%(count)s lines of %(document)s added: tick what is concerned.",
                count=count,
                document=source.name,
            )
        return self._prepare_answer("success" if count else "info", message)

    def _prepare_answer(self, level, message, line=None):
        return {
            "level": level,
            "message": message,
            "line_id": line.id if line else False,
            "action": False,
        }

    def _add_product(self, product_id):
        """Goods of whose delivery nothing is known: the direct door (R61).

        :return: tuple (``complaint.line``, whether it is new)
        """
        line = self.line_ids.filtered(lambda line: line.product_id.id == product_id)[:1]
        if line:
            return line, line._tick_goods()
        product = self.env["product.product"].browse(product_id)
        line = self.env["complaint.line"].create(
            {
                "complaint_id": self.id,
                "product_id": product.id,
                "product_uom_id": product.uom_id.id,
                "quantity_unsaid": True,
                "sequence": max(self.line_ids.mapped("sequence"), default=0) + 10,
            }
        )
        self._note_added(self.env._("Goods added: %s", line.name))
        return line, True
