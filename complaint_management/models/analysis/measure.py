from odoo import fields


class Measure(fields.Float):
    """A figure that is empty until it is known.

    Core's float stores what nobody knows yet as 0, and every average over it lies. Here empty is
    ``NULL`` in the database, which averages leave out, and ``False`` in Python; 0 is a figure.
    """

    falsy_value = None
    aggregator = "avg"

    def convert_to_column(self, value, record, values=None, validate=True):
        """:return: ``NULL`` for what is not known"""
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        """:return: None for what is not known"""
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_record(self, value, record):
        """:return: False for what is not known, which lists show as an empty cell"""
        return False if value is None else value

    def convert_to_export(self, value, record):
        """:return: an empty cell for what is not known; core would export *False*"""
        return "" if value is None or value is False else value
