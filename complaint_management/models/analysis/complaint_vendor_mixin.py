from odoo import api, models
from odoo.tools import SQL


class ComplaintVendorMixin(models.AbstractModel):
    """Whose goods they are, for SQL views of goods (R20): the product's main vendor in its company.

    The sibling of the purchase app knows better: the vendor a lot came from. It extends both
    methods with super().
    """

    _name = "complaint.vendor.mixin"
    _description = "Vendor of Goods"

    _depends = {
        "product.product": ["product_tmpl_id"],
        "product.supplierinfo": [
            "product_tmpl_id",
            "product_id",
            "company_id",
            "partner_id",
            "sequence",
            "min_qty",
            "price",
        ],
        "res.partner": ["commercial_partner_id"],
    }

    @api.model
    def _get_vendor_joins(self, product, lot, company):
        """Hook.

        :param product: ``SQL`` of the product's id
        :param lot: ``SQL`` of the lot's id
        :param company: ``SQL`` of the company's id
        :return: ``SQL`` of joins, each finds one row at most and is left out where nobody asks
        """
        return SQL(
            """
            LEFT JOIN (
                SELECT DISTINCT ON (sold.id, owner.id)
                       sold.id AS product_id, owner.id AS company_id,
                       seller.commercial_partner_id AS vendor_id
                  FROM product_supplierinfo info
                  JOIN product_product sold ON sold.product_tmpl_id = info.product_tmpl_id
                                           AND COALESCE(info.product_id, sold.id) = sold.id
                  JOIN res_company owner ON COALESCE(info.company_id, owner.id) = owner.id
                  JOIN res_partner seller ON seller.id = info.partner_id
              ORDER BY sold.id, owner.id, info.sequence, info.min_qty DESC, info.price, info.id
            ) main_seller ON main_seller.product_id = %s AND main_seller.company_id = %s
            """,
            product,
            company,
        )

    @api.model
    def _get_vendor(self):
        """Hook: :return: ``SQL`` of the vendor's id (``res.partner``, the company of a contact)"""
        return SQL("main_seller.vendor_id")
