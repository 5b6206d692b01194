from . import portal, portal_chatter
