from lxml import etree

from odoo import api, models

EDITABLE_VIEWS = ("form", "list")


class ComplaintFrozenViews(models.AbstractModel):
    """Screens show as read-only what the guard refuses to rewrite: one predicate, two uses.

    Every editable view of a model with frozen fields gets the same condition, whoever wrote the
    view: no room has to repeat it, and a field that is frozen later needs no change of a view.
    """

    _inherit = "complaint.state.guard"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in EDITABLE_VIEWS:
            self._lock_frozen_fields(arch)
        return arch, view

    @api.model
    def _lock_frozen_fields(self, arch):
        """Add to each frozen field of ``arch`` that it is read-only where it is frozen.

        :param arch: root element of a form or list of this model, changed in place
        """
        names = self._get_freezable_fields()
        found = False
        for node in self._get_own_field_nodes(arch):
            name = node.get("name")
            if name in names:
                found = self._lock_node(node, name) or found
            field = self._fields.get(name)
            if field is not None and field.type == "one2many":
                self._lock_subviews(node, self.env[field.comodel_name])
        if found and not arch.xpath("./field[@name='frozen_names']"):
            hidden = {"list": "column_invisible"}.get(arch.tag, "invisible")
            arch.insert(0, etree.Element("field", {"name": "frozen_names", hidden: "1"}))

    @api.model
    def _get_own_field_nodes(self, arch):
        """:return: list of the field elements of ``arch`` itself, without those of sub-views"""
        depth = len(arch.xpath("ancestor-or-self::field"))
        return [node for node in arch.iter("field") if len(node.xpath("ancestor::field")) == depth]

    @api.model
    def _lock_subviews(self, node, comodel):
        """Lock the editable views written inside the list of parts ``node``."""
        if hasattr(comodel, "_lock_frozen_fields"):
            for child in node:
                if child.tag in EDITABLE_VIEWS:
                    comodel._lock_frozen_fields(child)

    @api.model
    def _lock_node(self, node, name):
        """:return: whether the element became read-only on a condition"""
        present = (node.get("readonly") or "").strip()
        if present in ("1", "True", "true"):
            return False
        frozen = f"' {name} ' in (frozen_names or '')"
        node.set("readonly", f"({present}) or {frozen}" if present else frozen)
        return True
