"""Functions people play in a complaint, whoever plays them (R16, R60)."""

FUNCTIONS = [
    ("sales_manager", "Sales manager"),
    ("quality", "Quality manager"),
    ("purchasing", "Purchasing manager"),
    ("management", "General manager"),
    ("customer_service", "Customer service"),
    ("coordinator", "Coordinator"),
    ("warehouse", "Warehouse"),
    ("logistics", "Logistics"),
    ("production", "Production"),
    ("finance", "Finance"),
    ("product", "Product management"),
]
