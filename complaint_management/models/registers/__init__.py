from . import complaint_analysis_measure
from . import complaint_analysis_salesperson
from . import complaint_figures_minimum
from . import complaint_report_measures
