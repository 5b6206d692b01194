from . import complaint_demand, complaint_demand_visit
