"""Work on many records of which one may be broken (T14)."""

import logging

from odoo.tools import split_every

_logger = logging.getLogger(__name__)


def in_batches(records, size):
    """Hand out the records of a scheduled job in batches, each a transaction of its own.

    After each batch the job's progress is committed; no further one comes when its time is over.

    :param records: recordset to work on
    :param int size: records per transaction
    :return: iterator of recordsets
    """
    progress = records.env["ir.cron"]
    progress._commit_progress(remaining=len(records))
    for ids in split_every(size, records.ids):
        yield records.browse(ids)
        if not progress._commit_progress(len(ids)):
            return


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
