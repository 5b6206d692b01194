from odoo import api, models


class ComplaintRememberedMixin(models.AbstractModel):
    """Configuration that is looked up from memory: every change forgets what was remembered.

    Models keep their tables in an ``ormcache``; here stands when these are thrown away. A table is
    read with ``active_test=True``: it is the same for everybody, whatever the context says.
    """

    _name = "complaint.remembered.mixin"
    _description = "Remembered Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        """Forget what was remembered."""
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Forget what was remembered."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
