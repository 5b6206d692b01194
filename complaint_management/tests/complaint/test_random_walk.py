from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from odoo.tests import tagged

from ..common import ComplaintCommon
from .random_walk import Walk


@tagged("post_install", "-at_install")
class TestRandomWalk(ComplaintCommon):
    """Whoever presses whatever in whatever order: the case stays coherent (T16, T17, T20)."""

    def test_random_verbs_by_random_roles(self):
        """The walks are the same in every run: derived from the test, not from chance."""
        machine = type("CaseWalk", (Walk,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                derandomize=True,
                deadline=None,
                max_examples=24,
                stateful_step_count=20,
                phases=(Phase.generate, Phase.shrink),
                database=None,
            ),
        )
