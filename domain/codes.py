"""The codes of contract §2 and §4: code compares these, `locale/` holds their words."""

ROLES = ("staff", "unit_head", "statistician", "supervisor", "leader", "administrator")
UNIT_KINDS = ("city", "county", "zone", "park", "town", "department", "team", "office", "supervision")
VISIT_MODES = ("outbound", "inbound", "phone", "video", "event")
VISIT_RESULTS = ("lead", "progress", "signing", "solved", "informed", "none")
FUND_STATES = ("reported", "verified", "cut", "refused")
SUPERVISION = ("supervised", "tracked", "county", "ordinary")
LISTS = ("supervised", "tracked", "county", "packaged")
ORIGINS = ("overseas", "out_of_province", "in_province", "local")
SET_BY = ("given", "own")
MILESTONES = (
    "contact",
    "survey",
    "negotiation",
    "intent",
    "framework",
    "signed",
    "registered",
    "land",
    "fulfilled",
    "filed",
    "eia",
    "permit",
    "started",
    "in_statistics",
    "topped_out",
    "completed",
    "trial_production",
    "producing",
    "full_capacity",
    "suspended",
    "resumed",
    "terminated",
)
LADDER = ("signed", "fulfilled", "started", "producing")  # reaching a later one is reaching the earlier ones
READS_EVERYTHING = ("statistician", "supervisor", "leader", "administrator")
