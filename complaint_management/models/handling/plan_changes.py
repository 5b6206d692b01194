"""What one save changes in plans that are out already (R64).

A form saves its text and thirty actions in one ``write`` with many inside. Whatever is outermost
collects, and sends once when it is through: one version, one message.
"""

from contextlib import contextmanager

KEY = "complaint_plan_changes"


class PlanChanges:
    """Collects changes until the outermost write is through.

    Only code of this process can make one: what a caller puts into the context is not of this
    class and is ignored.
    """

    def __init__(self):
        self.is_open = True
        self.actions = {}  # complaint id -> set of ids of changed actions
        self.owners = {}  # complaint id -> set of ids of users who had an action before
        self.answered = set()  # ids of complaints whose objections were answered

    def note_actions(self, actions):
        """Remember actions as changed."""
        for action in actions:
            self.actions.setdefault(action.complaint_id.id, set()).add(action.id)

    def note_complaints(self, complaints):
        """Remember complaints whose plan says something else in words."""
        for complaint in complaints:
            self.actions.setdefault(complaint.id, set())

    def note_owners(self, actions):
        """Remember who had the actions before they changed hands."""
        for action in actions:
            self.owners.setdefault(action.complaint_id.id, set()).update(action.user_id.ids)


@contextmanager
def collecting(records):
    """Collect changes of plans; the outermost caller sends them when it is through.

    :param records: recordset to work on inside
    :return: context manager yielding (the records to use inside, :class:`PlanChanges`)
    """
    outer = records.env.context.get(KEY)
    if isinstance(outer, PlanChanges) and outer.is_open:
        yield records, outer
        return
    changes = PlanChanges()
    try:
        yield records.with_context(**{KEY: changes}), changes
    finally:
        # What still carries this context afterwards starts anew
        changes.is_open = False
    if changes.actions:
        records.env["complaint.complaint"]._send_plan_changes(changes)
