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
    for _number, batch in in_steps(records.env, [lambda: records], size):
        yield batch


def in_steps(env, searches, size):
    """Hand out the batches of a scheduled job of several steps, as :func:`in_batches` does.

    A step is searched when those before it are through. When time is over in between, what the next
    one has to do remains: the job goes on as soon as others had their turn.

    :param list searches: functions returning what a step has to work on, in order
    :param int size: records per transaction
    :return: iterator of (number of the step, recordset)
    """
    progress, has_time = env["ir.cron"], True
    for number, search in enumerate(searches):
        records = search()
        if not records:
            continue
        left = len(records)
        progress._commit_progress(remaining=left)
        if not has_time:
            return
        for ids in split_every(size, records.ids):
            yield number, records.browse(ids)
            left -= len(ids)
            has_time = progress._commit_progress(len(ids))
            if left and not has_time:
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
