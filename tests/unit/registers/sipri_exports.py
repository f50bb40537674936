"""Small exports in the shapes that SIPRI's site and its users produce; every deal is invented."""

from collections.abc import Sequence

PREAMBLE = (
    "Transfers of major conventional arms from {suppliers}  to {recipients} . "
    "Deals with deliveries made for the year range '{first}' to '{last}' ",
    "A '?' in a column indicates uncertain data.",
    "",
    "Source: SIPRI Arms Transfers Database (c) SIPRI.",
    "Data generated: {generated} 2:29:20 PM",
)
DEAL_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,"
    "status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
DEALS = (
    "Peru,Chile,2001,?,10,,T-55,tank,8,?,2003; 2002,Second hand,Invented; for tests,0.5,5,4",
    "Peru,Türkiye,2004,,2,?,Type-209,submarine,0,,,New,,100,200,0",
    "Houthi rebels (Yemen)*,unknown supplier(s),1999,?,3,?,Strela-2,portable SAM,3,?,1999,New,,0.05,0.15,0.15",
    "Peru,Chile,2001,?,10,,T-55,tank,8,?,2003; 2002,Second hand,Invented; for tests,0.5,5,4",
)
YEAR_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,Numbers delivered,"
    "Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,"
    "Local production"
)
YEARS = (
    "77,Chile,Peru,T-55,tank,Armoured vehicles,2001,Yes,5,No,2002,No,Second hand,1,0.5,2.5,No",
    "78,Russia,Peru,Mi-17,transport helicopter,Aircraft,2004,No,1,No,2005,No,New,7,7,7,Yes",
    "77,Chile,Peru,T-55,tank,Armoured vehicles,2001,Yes,3,Yes,2003,No,Second hand,1,0.5,1.5,No",
)

REPORT = """Id,Supplier,Recipient,No. ordered,No. ordered data uncertain,Designation,Description,Status,Status data uncertain,\
Year of order,Year of order data uncertain,Year(s) of deliveries,No. delivered,Year(s) of delivery or no. delivered data uncertain,\
Recipient Involvement,Comment
12,Chile,"Korea, South",9,,T-55,Tank,SecondHand,Yes,2007,Yes,2008 - 2010,9,Yes,,"Aid; incl 2 command, 1 recovery version"
13,North Atlantic Treaty Organization,Peru,4,Yes,PT-6,Turboprop/turboshaft,Refurbished,,2009,,2009 - 2009,2,,Yes,
"""
INTERFACE = """id,trade_id,target,source,order_date,orderYrEst,quantity,delivery_date,designation,description,category,\
source_lat,source_lng,target_lat,target_lng
1,551,Peru,Chile,2001-01-01 00:00:00+00:00,True,8.0,2003-01-01 00:00:00+00:00,T-55,tank,Armoured vehicles,1.5,2.5,,
2,552,Peru,Turkey,2004-01-01 00:00:00+00:00,False,2.0,,Type-209,submarine,Ships,1.5,2.5,,
"""
TIDIED = """supplier,recipient,delivery_year,numbers_delivered,tiv_delivered,description,designation
Russia,Peru,1991,2,19.6,tank,T-55
Russia,Peru,1992,2,19.6,tank,T-55
Chile,Russia,1980,3,1.5,tank,T-55
Chile,Russia,1980,3,1.5,tank,T-55
"""
TREE = {
    "Russia": {"1991": {"Peru": [["2", "19.6", "tank", "T-55"]]}, "1992": {"Peru": [["2", "19.6", "tank", "T-55"]]}},
    "Chile": {"1980": {"Russia": [["3", "1.5", "tank", "T-55"], [3, 1.5, "tank", "T-55"]]}},
}


def preamble(
    suppliers: str = "All countries", recipients: str = "Peru", first: str = "2000", last: str = "2024", generated: str = "18 May 2026"
) -> str:
    """The lines before the header, with a blank line end."""
    values = {"suppliers": suppliers, "recipients": recipients, "first": first, "last": last, "generated": generated}
    return "\n".join(line.format(**values) for line in PREAMBLE) + "\n"


def deals_text(rows: Sequence[str] = DEALS, **query: str) -> str:
    """A per-deal export."""
    return preamble(**query) + "\n".join((DEAL_HEADER, *rows)) + "\n"


def years_text(rows: Sequence[str] = YEARS, **query: str) -> str:
    """A per-year export."""
    return preamble(**query) + "\n".join((YEAR_HEADER, *rows)) + "\n"
