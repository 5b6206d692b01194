"""Work on many records of which one may be broken (T14)."""

import logging

_logger = logging.getLogger(__name__)


def run_isolated(records, method):
    """Call ``method`` on all records at once; if that fails, on one after the other.

    What fails is rolled back alone and logged, so that one broken record stops no other.

    :param records: recordset to work on
    :param method: function taking a recordset of that model
    :return: list of (record, exception) that failed
    """
    try:
        with records.env.cr.savepoint():
            method(records)
        return []
    except Exception:
        _logger.info("Batch of %s %s failed, trying one by one", len(records), records._name)
    failed = []
    for record in records:
        try:
            with record.env.cr.savepoint():
                method(record)
        except Exception as error:
            _logger.exception("%s failed", record)
            failed.append((record, error))
    return failed
