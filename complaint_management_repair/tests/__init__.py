from . import test_repair, test_repair_cost
