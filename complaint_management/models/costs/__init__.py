from . import (
    complaint_expense,
    complaint_analysis_cost,
    complaint_cost_sources,
    complaint_cost_goods,
    complaint_cost,
)
