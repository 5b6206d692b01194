from . import complaint_letters

from . import complaint_automatic
from . import complaint_acknowledging
