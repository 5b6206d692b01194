"""The launcher: sets up and runs Odoo 19 with this addon on a bare machine.

Standard library only. Start reading in ``__main__.py``; each file beside it holds one topic.
"""
