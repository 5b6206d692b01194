import logging

from odoo.tests import tagged

from .credit_common import CreditCommon
from .remedy_walk import RemedyWalk

_logger = logging.getLogger(__name__)
# Those that once found something, and some more. A failure names its seed.
SEEDS = (1, 2, 13, 17)
STEPS = 30


@tagged("post_install", "-at_install")
class TestRemedyInvariants(CreditCommon):
    """Whatever is pressed, received, posted, cancelled or deleted in whatever order: nothing is
    returned or credited twice, and requests agree with their documents (R37, T17).
    """

    def test_nothing_is_given_twice(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                walk = RemedyWalk(self, seed)
                walk.run(STEPS)
                _logger.info("seed %s: %s of %s steps went through", seed, walk.done, STEPS)
                self.assertGreater(walk.done, STEPS // 4, "\n".join(walk.trace))
