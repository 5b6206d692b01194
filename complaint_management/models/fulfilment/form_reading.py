from lxml import etree

from odoo.exceptions import AccessError

# As many rows as the page of a list in a form shows.
ROWS = 40


def can_read_form(record):
    """Whether a user may read all that the form of a record shows him.

    Other apps put fields into core's forms that are counted with rights not everybody has who may
    read the record: repairs and carriers into the transfer. Its form would be nothing but an error.

    :param record: one record, in the environment of the user
    """
    arch = etree.fromstring(record.get_view(view_type="form")["arch"])
    try:
        _read_fields(record, arch)
    except AccessError:
        return False
    return True


def _read_fields(records, node):
    """Read the fields of a view as its page does, of rows in it, too.

    :raise AccessError: where the page would show nothing but this error
    """
    owner = node if node.tag == "field" else None
    fields = [
        field
        for field in node.iter("field")
        if field is not node and next(field.iterancestors("field"), None) is owner
    ]
    # What was counted with more rights is remembered
    records.invalidate_recordset()
    records.read({field.get("name") for field in fields}, load=None)
    for field in fields:
        if len(field) and records._fields[field.get("name")].type.endswith("2many"):
            _read_fields(records[field.get("name")][:ROWS], field)
