from . import complaint_letters

from . import complaint_automatic
from . import complaint_acknowledging
from . import complaint_rhythm
from . import complaint_progress
from . import complaint_delay
from . import complaint_delay_causes
from . import complaint_thanking
from . import complaint_chat
