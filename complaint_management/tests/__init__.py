from . import test_loading
from .clocks import (
    test_clock_life,
    test_clock_verbs,
    test_clock_watch,
    test_handled,
    test_policy,
    test_recalculation,
    test_working_time,
    test_contact,
    test_escalation,
    test_promise,
)
from .complaint import (
    test_gate,
    test_gate_resolve,
    test_lifecycle,
    test_next_step,
    test_numbering,
    test_points,
    test_random_walk,
    test_round,
    test_screens,
    test_state_guard,
    test_stock,
    test_tour_main,
    test_validity,
    test_version,
)
from .documents import (
    test_approval,
    test_customer_fields,
    test_discretion,
    test_evidence,
    test_four_eyes,
    test_points_print,
    test_report,
    test_report_content,
    test_report_frozen,
    test_report_pdf,
    test_report_sending,
)
from .erp import test_stat_buttons
from .handling import (
    test_action_rights,
    test_action_verbs,
    test_activity_lost,
    test_activity_mirror,
    test_activity_rpc,
    test_carry_over,
    test_cause,
    test_cause_proof,
    test_coherence,
    test_plan_budget,
    test_plan_fallback,
    test_plan_start,
    test_release,
)
from .intake import (
    test_common_factories,
    test_draft_screen,
    test_fill_from_source,
    test_intake_queries,
    test_prefill_access,
    test_prefill_order,
    test_prefill_picking,
    test_prefill_tracked,
    test_warranty,
)
from .remedies import test_demand
from .routing import test_digest, test_notice, test_telling
from .security import (
    test_access_matrix,
    test_activity_rights,
    test_companies,
    test_concerned_doors,
    test_posting_rights,
    test_print_rights,
    test_roles,
    test_rpc_surface,
    test_starting_data,
    test_wizard_rights,
)
