from . import complaint_letters
