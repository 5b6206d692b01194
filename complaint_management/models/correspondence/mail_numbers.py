"""Numbers a customer may mean: of orders, deliveries, lots, complaints (R5, R61)."""

import re

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.\-]{2,39}")
# “PO 4711”, “Order no. 4711”: prefix and number apart, as people write them
APART = re.compile(r"\b([A-Za-z]{1,5})[ .:#]{1,3}(\d{3,12})\b")
MAX_NUMBERS = 80


def get_numbers(*texts):
    """:param texts: what was written, longest part last
    :return: list of words with a digit in them, as written and in capitals, in their order
    """
    found = {}
    for text in texts:
        text = (text or "")[:20_000]
        for word in NUMBER.findall(text):
            word = word.strip("/_.-")
            if len(word) >= 3 and any(char.isdigit() for char in word):
                found[word] = found[word.upper()] = None
        for prefix, number in APART.findall(text):
            for joint in ("", "-", " "):
                word = f"{prefix}{joint}{number}"
                found[word] = found[word.upper()] = None
        if len(found) >= MAX_NUMBERS:
            break
    return list(found)[:MAX_NUMBERS]
