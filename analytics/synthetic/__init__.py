"""Made-up records for demonstrations, tests and measurements.

They are as records of the product are: the initiatives come from the real matching on the real catalogue. Each is
marked, so that whatever is made of it says that it is synthetic, and they never stand beside real ones.
"""

from analytics.synthetic.filling import RealRecords, fill, holds_synthetic
from analytics.synthetic.records import SYNTHETIC, Batch, generate

__all__ = ["SYNTHETIC", "Batch", "RealRecords", "fill", "generate", "holds_synthetic"]
