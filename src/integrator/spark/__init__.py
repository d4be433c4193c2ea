"""The same matching over the machines of a cluster, with Apache Spark: same functions, same rows.

Needs are cut into blocks; a task matches blocks of needs with everything that was fitted once on the suppliers.
"""

from integrator.spark.matching import match
from integrator.spark.offer_writing import Knowledge, Tables
from integrator.spark.session import Options, check

__all__ = ["Knowledge", "Options", "Tables", "check", "match"]
