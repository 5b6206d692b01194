from . import (
    test_exchange_dropped,
    test_recharge,
    test_recharge_action,
    test_recharge_cost,
    test_recharge_documents,
    test_recharge_letter,
    test_recharge_rights,
    test_vendor_figures,
)
