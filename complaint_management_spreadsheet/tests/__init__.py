from . import test_dashboard, test_dashboard_figures, test_dashboard_tour
