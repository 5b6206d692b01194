"""People, goods and factories shared by all tests of the addon.

One class method call per room of the story: somebody orders, we deliver, he complains. Records
are made as the superuser, as configuration and other apps would; tests act with
``record.with_user(self.user_…)``.
"""

from datetime import timedelta

from odoo import Command, fields

from odoo.addons.uom.tests.common import UomCommon

MODULE = "complaint_management"
# attribute: (login, group of ours or None, further groups)
ROLES = {
    "user_contributor": ("contributor", "group_complaint_contributor", ()),
    "user_sales": ("sales", "group_complaint_user", ("sales_team.group_sale_salesman",)),
    "user_sales2": ("sales2", "group_complaint_user", ("sales_team.group_sale_salesman",)),
    "user_service": (
        "service",
        "group_complaint_service",
        ("sales_team.group_sale_salesman_all_leads",),
    ),
    "user_quality": ("quality", "group_complaint_quality", ()),
    "user_manager": (
        "manager",
        "group_complaint_manager",
        ("sales_team.group_sale_salesman_all_leads",),
    ),
    "user_leadership": ("leadership", "group_complaint_leadership", ()),
    "user_admin": ("admin", "group_complaint_admin", ("sales_team.group_sale_manager",)),
    "user_purchasing": ("purchasing", "group_complaint_contributor", ()),
    # People who were given no group of ours.
    "user_stock": ("stock", None, ("stock.group_stock_user",)),
    "user_stranger": ("stranger", None, ()),
}
FUNCTION_HOLDERS = {
    "sales_manager": "user_manager",
    "quality": "user_quality",
    "purchasing": "user_purchasing",
    "management": "user_leadership",
    "customer_service": "user_service",
    "coordinator": "user_service",
    "warehouse": "user_contributor",
    "logistics": "user_contributor",
    "production": "user_contributor",
    "finance": "user_contributor",
    "product": "user_contributor",
}


class ComplaintCommon(UomCommon):
    """Roles, a team with all functions, a customer, a product, and factories for the rest."""

    @classmethod
    def default_env_context(cls):
        """Chatter, followers and activities are what we test: nothing is muted."""
        return {"no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Logins of two classes or of demo data never meet.
        cls.login_prefix = "test_complaint_"
        cls._set_up_partners()
        cls._set_up_users()
        cls._set_up_team()
        cls._set_up_taxonomy()
        cls._set_up_limits()
        cls.product = cls._product(name="Screwdriver")

    def assertNoQueryEach(self, few, many, further):
        """``further`` records more cost no query each; ``few`` and ``many`` are both counts.

        What is read once (configuration, rights, a slice of a batch) may fall into either
        measure, so equal counts are not asked for; a query for every second record fails.
        """
        self.assertGreaterEqual(further, 8, "too few records to tell")
        self.assertLess(many - few, min(further / 2, 10), (few, many))

    # ------------------------------------------------------------
    # Set-up
    # ------------------------------------------------------------
    @classmethod
    def _set_up_users(cls):
        """Make one user per role and the customer's, in one create, without a mail to anybody."""
        names = list(ROLES)
        vals_list = [cls._prepare_user_vals(name) for name in names]
        vals_list.append(cls._prepare_portal_user_vals())
        # Made often: nobody follows people or reads how they came about
        users = cls.env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
        users = users.create(vals_list).with_env(cls.env)
        for name, user in zip([*names, "user_portal"], users, strict=True):
            setattr(cls, name, user)

    @classmethod
    def _prepare_portal_user_vals(cls):
        return {
            "login": cls.login_prefix + "portal",
            "partner_id": cls.portal_partner.id,
            "company_id": cls.company.id,
            "company_ids": [Command.set(cls.company.ids)],
            "group_ids": [Command.set([cls.env.ref("base.group_portal").id])],
        }

    @classmethod
    def _prepare_user_vals(cls, name):
        login, group, others = ROLES[name]
        groups = ["base.group_user", *([f"{MODULE}.{group}"] if group else []), *others]
        return {
            "name": login.capitalize(),
            "login": cls.login_prefix + login,
            "email": f"{login}@our-company.example.com",
            "notification_type": "inbox",
            "company_id": cls.company.id,
            "company_ids": [Command.set(cls.company.ids)],
            "group_ids": [Command.set([cls.env.ref(xmlid).id for xmlid in groups])],
            "tz": "UTC",
        }

    @classmethod
    def _set_up_partners(cls):
        """A company as customer with two persons, and a second customer."""
        partners = cls.env["res.partner"].with_context(tracking_disable=True)
        cls.customer, cls.customer2 = partners.create(
            [
                {
                    "name": "Harbour Hotel",
                    "is_company": True,
                    "email": "office@harbour-hotel.example.com",
                    "phone": "+1 555 010 0100",
                    "lang": "en_US",
                },
                {"name": "Corner Shop", "is_company": True, "email": "shop@corner.example.com"},
            ]
        ).with_env(cls.env)
        cls.contact, cls.portal_partner = partners.create(
            [
                {
                    "name": "Hanna Harbour",
                    "parent_id": cls.customer.id,
                    "email": "hanna@harbour-hotel.example.com",
                    "phone": "+1 555 010 0101",
                    "lang": "en_US",
                },
                {
                    "name": "Pat Portal",
                    "parent_id": cls.customer.id,
                    "email": "pat@harbour-hotel.example.com",
                },
            ]
        ).with_env(cls.env)

    @classmethod
    def _set_up_team(cls):
        """One team of the main company, before any other, with a user for each function."""
        cls.team = cls.env["complaint.team"].create(
            {
                "name": "Test Team",
                "sequence": -1,
                "company_id": cls.company.id,
                "user_id": cls.user_manager.id,
                "member_ids": [
                    Command.set(
                        (cls.user_sales + cls.user_sales2 + cls.user_service + cls.user_quality).ids
                    )
                ],
                "function_ids": [
                    Command.create({"function": function, "user_id": getattr(cls, holder).id})
                    for function, holder in FUNCTION_HOLDERS.items()
                ],
            }
        )

    @classmethod
    def _set_up_taxonomy(cls):
        """Two categories at the ends of the range, each with a defect that proposes it."""
        cls.category_quality, cls.category_simple = cls.env["complaint.category"].create(
            [
                {
                    "name": "Test: product quality",
                    "lead_function": "quality",
                    "investigation": "required",
                    "needs_report": True,
                },
                {
                    "name": "Test: billing",
                    "lead_function": "finance",
                    "investigation": "none",
                    "needs_report": False,
                },
            ]
        )
        cls.defect_rust, cls.defect_billing = cls.env["complaint.defect"].create(
            [
                {"name": "Test: rust", "category_id": cls.category_quality.id},
                {"name": "Test: wrong amount", "category_id": cls.category_simple.id},
            ]
        )

    @classmethod
    def _set_up_limits(cls):
        """Nobody is limited but in the tests of limits (``test_limits``)."""
        cls.env["complaint.limit"].create(
            {"function": "salesperson", "amount": 1e9, "company_id": cls.company.id}
        )

    @classmethod
    def _second_company(cls):
        """Another company with a warehouse and a team (takes a moment: call it where needed).

        The role users do not get it: ``user.company_ids = [Command.link(company.id)]``.
        """
        company = cls.company_2 = cls.env["res.company"].create({"name": "Second Company"})
        cls.env.user.company_ids = [Command.link(company.id)]
        cls.env["complaint.team"].create(
            {"name": "Second Team", "sequence": -1, "company_id": company.id}
        )
        return company

    # ------------------------------------------------------------
    # Goods and orders
    # ------------------------------------------------------------
    @classmethod
    def _product(cls, tracking="none", name="Goods", **vals):
        """:param str tracking: ``none``, ``lot`` or ``serial``; then the goods are storable"""
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": tracking != "none",
                "tracking": tracking,
                "list_price": 20.0,
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
                **vals,
            }
        )

    @classmethod
    def _set_up_kit(cls):
        """A tool set sold as a kit of a handle and two blades with a lot; needs sale_mrp."""
        cls.kit = cls._product(name="Tool set")
        cls.handle = cls._product(name="Handle")
        cls.blade = cls._product("lot", name="Blade")
        cls.bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": cls.handle.id, "product_qty": 1}),
                    Command.create({"product_id": cls.blade.id, "product_qty": 2}),
                ],
            }
        )

    @classmethod
    def _lot(cls, product, name):
        """A lot or serial number of ``product``."""
        return cls.env["stock.lot"].create({"product_id": product.id, "name": name})

    @classmethod
    def _order(cls, partner=None, lines=None, confirm=True, user=None, company=None, **vals):
        """A sales order.

        :param lines: list of ``(product, quantity)`` or ``(product, quantity, unit)``; default:
            ten screwdrivers
        :param user: its salesperson, default ``user_sales``
        """
        company = company or cls.company
        user = cls.user_sales if user is None else user
        lines = [(cls.product, 10.0)] if lines is None else lines
        order = (
            cls.env["sale.order"]
            .with_company(company)
            .with_context(tracking_disable=True)
            .create(
                {
                    "partner_id": (partner or cls.customer).id,
                    "user_id": user.id,
                    "company_id": company.id,
                    "client_order_ref": "PO-4711",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                **({"product_uom_id": unit[0].id} if unit else {}),
                            }
                        )
                        for product, quantity, *unit in lines
                    ],
                    **vals,
                }
            )
        )
        if confirm:
            order.action_confirm()
        return order.with_env(cls.env)

    @classmethod
    def _deliver(cls, order, quantities=None, lots=None, date=None):
        """Deliver what is open of an order, or a part of it; the rest becomes a backorder.

        :param dict quantities: product → quantity in the unit of its move; others stay behind
        :param dict lots: product → list of ``(lot, quantity)`` in the product's unit; tracked
            goods without any get new ones
        :param date: when it left the house (UTC), default now
        :return: the done ``stock.picking``
        """
        picking = order.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel") and p.picking_type_code == "outgoing"
        )
        picking.ensure_one()
        return cls._validate(picking, quantities, lots, date)

    @classmethod
    def _validate(cls, picking, quantities=None, lots=None, date=None):
        """Do a transfer; parameters as for :meth:`_deliver`."""
        picking = picking.with_context(tracking_disable=True)
        for move in picking.move_ids:
            quantity = move.product_uom_qty
            if quantities is not None:
                quantity = quantities.get(move.product_id, 0.0)
            cls._set_move_lines(move, quantity, (lots or {}).get(move.product_id))
        picking.move_ids.picked = True
        result = picking.with_context(skip_backorder=True).button_validate()
        assert result is True and picking.state == "done", (result, picking.state)
        if date:
            picking.date_done = date
            picking.move_ids.date = date
        return picking.with_env(cls.env)

    @classmethod
    def _set_move_lines(cls, move, quantity, lots):
        """Book ``quantity`` of a move on ``lots``, on new ones where it needs some."""
        product = move.product_id
        if product.tracking == "none":
            move.quantity = quantity
            return
        quantity = move.product_uom._compute_quantity(quantity, product.uom_id)
        if lots is None:
            size = 1.0 if product.tracking == "serial" else quantity
            lots = [
                (cls._lot(product, f"{move.id}-{index}"), size)
                for index in range(int(quantity / size) if quantity else 0)
            ]
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    **move._prepare_move_line_vals(),
                    "quantity": lot_quantity,
                    "product_uom_id": product.uom_id.id,
                    "lot_id": lot.id,
                }
            )
            for lot, lot_quantity in lots
        ]

    @classmethod
    def _return(cls, picking, quantities, lots=None, exchange=False):
        """Take goods back.

        :param dict quantities: product → quantity
        :param bool exchange: also open the delivery of the replacement
        :return: the done return picking
        """
        wizard = (
            cls.env["stock.return.picking"]
            .with_context(
                active_model="stock.picking", active_id=picking.id, active_ids=picking.ids
            )
            .create({})
        )
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.product_id, 0.0)
        action = wizard.action_create_exchanges() if exchange else wizard.action_create_returns()
        returned = cls.env["stock.picking"].browse(action["res_id"])
        return cls._validate(returned, quantities, lots)

    # ------------------------------------------------------------
    # Complaints
    # ------------------------------------------------------------
    @classmethod
    def _prepare_complaint_vals(cls, **vals):
        return {
            "partner_id": cls.customer.id,
            "contact_id": cls.contact.id,
            "user_id": cls.user_sales.id,
            "company_id": cls.company.id,
            "description": "The tips of the screwdrivers are rusty.",
            **vals,
        }

    @classmethod
    def _complaint(cls, user=None, **vals):
        """A draft with the customer's words and nothing else.

        :param user: who records it, default the superuser
        """
        complaints = cls.env["complaint.complaint"].with_user(user or cls.env.user)
        return complaints.create(cls._prepare_complaint_vals(**vals))

    @classmethod
    def _registered_complaint(cls, user=None, **vals):
        """A registered quality complaint with goods, a request, a photo and all that is asked."""
        complaint = cls._complaint(
            user=user,
            **{
                "defect_id": cls.defect_rust.id,
                "category_id": cls.category_quality.id,
                "line_ids": [Command.create(cls._prepare_line_vals())],
                "demand_ids": [Command.create({"kind": "cause_prevention"})],
                "evidence_ids": [
                    Command.create({"name": "Rusty tip", "missing_reason": "Photo follows"})
                ],
                **vals,
            },
        )
        complaint.action_register()
        return complaint

    @classmethod
    def _prepare_line_vals(cls, **vals):
        """Ten screwdrivers shipped 30 days ago, three of them bad."""
        return {
            "product_id": cls.product.id,
            "product_uom_id": cls.product.uom_id.id,
            "quantity_shipped": 10.0,
            "quantity_complained": 3.0,
            "lot_name": "L-2001",
            "date_shipped": fields.Datetime.now() - timedelta(days=30),
            "defect_id": cls.defect_rust.id,
            **vals,
        }
