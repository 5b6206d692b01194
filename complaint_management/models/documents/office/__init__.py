"""Office documents without Odoo: opened as zip, filled where texts stand, all else kept.

Import what you need from the modules; ``safe`` is also for exports of other rooms (T13).
"""
