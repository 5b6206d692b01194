"""What somebody asks for when he prints or exports a table."""

from dataclasses import dataclass, field

from odoo.fields import Domain

FORMATS = ("xlsx", "pdf")
MAX_FILTERS = 20
MAX_FILTER = 120


@dataclass(frozen=True)
class TableRequest:
    """``table``: name of a ``complaint.table`` model. ``format``: one of ``FORMATS``. ``ids``:
    ticked records; empty: all that ``domain`` finds. ``filters``: the filters in words, for the
    subtitle. ``options``: what the table itself understands.

    Comes from the browser: nothing in it grants anything, all of it is searched and read with the
    rights of whoever asks.
    """

    table: str
    format: str
    ids: tuple = ()
    domain: list = field(default_factory=list)
    filters: tuple = ()
    options: dict = field(default_factory=dict)

    @classmethod
    def from_values(cls, values):
        """:param values: what a browser sent, of any kind
        :raise ValueError: for what cannot be meant
        """
        if not isinstance(values, dict):
            raise ValueError("not a dictionary")
        table, wanted = values.get("table"), values.get("format")
        if not isinstance(table, str) or wanted not in FORMATS:
            raise ValueError("no table or no format")
        ids, filters = values.get("ids") or [], values.get("filters") or []
        if not isinstance(ids, list) or any(type(number) is not int for number in ids):
            raise ValueError("ids are numbers")
        if not isinstance(filters, list):
            raise ValueError("filters are a list")
        domain, options = values.get("domain") or [], values.get("options") or {}
        if not isinstance(domain, list) or not isinstance(options, dict):
            raise ValueError("a domain is a list, options are a dictionary")
        words = tuple(str(text)[:MAX_FILTER] for text in filters[:MAX_FILTERS])
        return cls(table, wanted, tuple(ids), domain, words, options)

    def get_domain(self):
        """:return: ``Domain`` of the records asked for
        :raise ValueError: for what is no domain
        """
        return Domain("id", "in", self.ids) if self.ids else Domain(self.domain)
