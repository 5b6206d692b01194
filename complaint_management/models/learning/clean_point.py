"""Which goods carry a measure: the order of goods, without a database (R43, 8D D6).

A *clean point* says from which goods on a measure holds. Goods are **behind** it when they carry
the measure. Where that cannot be told they are not: a measure is not refuted by a guess.

* Lots come in the order in which they first appeared in our stock (received or produced), those
  that appeared at the same moment in the order in which they were recorded. Their names say
  nothing: they may be a supplier's, start anew each year, or be typed by hand. The clean lot itself
  is behind.
* A line with several lots is behind when all of them are: nobody knows which one was bad.
* Goods without a lot count by the production date printed on them, else by the day they left.
* The day itself is behind, in the time zone of the company's working time.
"""

from datetime import date, datetime
from typing import NamedTuple

LOT, PRODUCTION, SHIPPED = "lot", "production", "shipped"
BASES = [
    (LOT, "This lot, and later ones"),
    (PRODUCTION, "Goods made from this day on"),
    (SHIPPED, "Goods shipped from this day on"),
]


class Lot(NamedTuple):
    """A lot in the order of lots."""

    appeared: datetime  # UTC
    id: int
    product_id: int
    day: date  # of ``appeared``, where the company is


class Goods(NamedTuple):
    """What is known of the goods of one line of a complaint."""

    lots: tuple  # of Lot
    produced: date | None
    shipped: date | None  # where the company is


class CleanPoint(NamedTuple):
    """From which goods on a measure holds."""

    basis: str
    lot: Lot | None = None
    day: date | None = None

    def get_day(self):
        """:return: the day before and after which complaints and deliveries are compared"""
        return self.day or (self.lot and self.lot.day)

    def from_day(self, day):
        """:return: the same clean point from another day on; lots count by the day they came"""
        return CleanPoint(PRODUCTION if self.basis == LOT else self.basis, None, day)

    def is_behind(self, goods):
        """:param goods: :class:`Goods`
        :return: True for goods that carry the measure, False for goods from before, None where
            nobody can tell
        """
        if self.basis == LOT:
            return self._is_lot_behind(goods)
        if self.basis == SHIPPED:
            if goods.shipped:
                return goods.shipped >= self.day
            # What was made later left later; what was made before may have left at any time
            return True if goods.produced and goods.produced >= self.day else None
        known = [goods.produced] if goods.produced else [lot.day for lot in goods.lots]
        known = known or ([goods.shipped] if goods.shipped else [])
        return min(known) >= self.day if known else None

    def _is_lot_behind(self, goods):
        if goods.lots:
            return all(map(self._is_later_lot, goods.lots))
        day = goods.produced or goods.shipped
        return day >= self.get_day() if day else None

    def _is_later_lot(self, lot):
        """Lots of other goods of the same case are compared by the day."""
        if lot.product_id == self.lot.product_id:
            return (lot.appeared, lot.id) >= (self.lot.appeared, self.lot.id)
        return lot.day >= self.get_day()
