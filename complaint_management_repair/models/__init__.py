from . import complaint_complaint, complaint_demand, complaint_demand_line, repair_order
