"""The people of the tests: Asha complains; Ben and Cara work on highways; Dev on housing; Lena leads; Eve is nobody."""

from typing import Any

ASHA = "asha.okafor@residents.example"
BEN = "U0BEN"
CARA = "U0CARA"
DEV = "U0DEV"
LENA = "U0LENA"
EVE = "U0EVE"

OFFICERS: list[dict[str, Any]] = [
    {"name": "Ben Carter", "email": "ben@council.example", "slack_user": BEN, "areas": ["highways_transport"]},
    {"name": "Cara Lewis", "email": "cara@council.example", "slack_user": CARA, "areas": ["highways_transport"]},
    {"name": "Dev Patel", "email": "dev@council.example", "slack_user": DEV, "areas": ["housing"]},
    {"name": "Lena Moss", "email": "lena@council.example", "slack_user": LENA, "is_corporate_lead": True},
]
