"""Tiny instances in every dialect, written as their authors write them."""

from pathlib import Path

from benchmarks.solver import Instance, load

# Depot at (0, 0); 3-4-5 triangles, so that distances are whole.
NODES = "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n4 0 10\n"
DEMANDS = "DEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\n"
DEPOT = "DEPOT_SECTION\n1\n-1\nEOF\n"
WINDOWS = "TIME_WINDOW_SECTION\n1 0 100\n2 0 50\n3 12 50\n4 20 60\n"

CVRP = (
    'NAME : \ttiny\t\r\nCOMMENT : \t"by hand: 2017"\t\nTYPE : \tCVRP\t\n'
    "DIMENSION : \t4\t\nEDGE_WEIGHT_TYPE : \tEUC_2D\t\nCAPACITY : \t10\t\n"
    "NODE_COORD_SECTION\t\t\n1\t0\t0\r\n2\t3\t4\r\n3\t6\t8\r\n4\t0\t10\r\n"
    "DEMAND_SECTION\t\n1\t0\n2\t4\n3\t5\n4\t6\n"
    "DEPOT_SECTION\t\t\n\t1\t\n\t-1\t\nEOF\t\t\n"
)
HEAD = "NAME : tiny\nDIMENSION : 4\nVEHICLES : 2\nCAPACITY : 10\n"
PLANE = "EDGE_WEIGHT_TYPE : EUC_2D\n"
VRPTW = f"{HEAD}TYPE : VRPTW\nSERVICE_TIME : 2\n{PLANE}{NODES}{DEMANDS}{WINDOWS}{DEPOT}"
PRIZES = (
    f"{HEAD}TYPE : PCVRPTW\nSERVICE_TIME : 2\n{PLANE}{NODES}{DEMANDS}{WINDOWS}"
    f"PRIZE_SECTION\n1 0\n2 7\n3 0\n4 2\n{DEPOT}"
)
MULTI_TRIP = (
    "NAME: tiny\nDIMENSION: 4\nVEHICLES: 1\nCAPACITY: 10\nTYPE: MTVRPTWR\n"
    f"SERVICE_TIME: 2\nEDGE_WEIGHT_TYPE: EUC_2D\n{NODES}{DEMANDS}{WINDOWS}"
    "RELEASE_TIME_SECTION\n1 0\n2 0\n3 3\n4 30\n"
    "VEHICLES_RELOAD_DEPOT_SECTION\n1 1\nDEPOT_SECTION\n1\nEOF\n"
)
MULTI_DEPOT = (
    "NAME: tiny\r\nTYPE: MDVRPTW\r\nEDGE_WEIGHT_TYPE: EUC_2D\r\nDIMENSION: 4\r\n"
    "VEHICLES: 2\r\nCAPACITY: 10\r\nVEHICLES_MAX_DURATION: 12.5\r\n"
    "NODE_COORD_SECTION\r\n1\t0\t0\r\n2\t6\t8\r\n3\t3\t4\r\n4\t6.5\t8\r\n"
    "DEMAND_SECTION\r\n1\t0\r\n2\t0\r\n3\t5\r\n4\t5\r\n"
    "SERVICE_TIME_SECTION\r\n1\t0\r\n2\t0\r\n3\t2.5\r\n4\t1\r\n"
    "TIME_WINDOW_SECTION\r\n1\t0\t100\r\n2\t0\t100\r\n3\t20\t50\r\n4\t0\t50\r\n"
    "VEHICLES_DEPOT_SECTION\r\n1\t1\r\n2\t2\r\nDEPOT_SECTION\r\n1\r\n2\r\nEOF\r\n"
)
FLEET = (
    f"NAME: tiny\nTYPE: HFVRP\nDIMENSION: 4\nVEHICLES: 3\n{PLANE}{NODES}{DEMANDS}"
    "CAPACITY_SECTION\n1 10\n2 10\n3 20\n"
    "VEHICLES_FIXED_COST_SECTION\n1 500\n2 500\n3 900\n"
    "VEHICLES_UNIT_DISTANCE_COST_SECTION\n1 80\n2 80\n3 110\n"
    "DEPOT_SECTION\n1\nEOF\n"
)
SITES = (
    f"{HEAD}TYPE : SDVRPTW\n{PLANE}{NODES}{DEMANDS}{WINDOWS}"
    f"VEHICLES_ALLOWED_CLIENTS_SECTION\n1 2 3\n2 3 4\n{DEPOT}"
)
SOLOMON = (
    "T101\r\n\r\nVEHICLE\r\nNUMBER     CAPACITY\r\n  2         10\r\n\r\nCUSTOMER\r\n"
    "CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\r\n"
    " \r\n    0   0   0   0    0   100   0   \r\n"
    "    1   3   4   4    0    50   2   \r\n"
    "    2   6   8   5   12    50   2   \r\n    3   0  10   6   20    60   2   \r\n"
)
# At 40 miles an hour 3520 feet are a minute. Lunch from 11:00, the shift 10:00 - 13:00.
KIM = (
    "20.0 \t\t\t\t// vehicle capacity (yards), real number\r\n"
    '30\t//\t"total yardage"\t\t\t\r\n2\t// stops a day\r\n'
    "3600\t\t\t\t// lunch time duration in second\r\n40\t\t\t\t// speed: MPH\r\n"
    'Stop_ID\tX(feet)\tY(feet)\tEarly\tLate\tSvice\tLoad\t"Stop_Type(0: Depot"\r\n'
    "7   0.00   0.00  1000 1300 0  9999.00 0\r\n"
    "22\t3520\t3520\t0\t2400\t60\t12.5\t1\t\t\t\t\r\n"
    "5\t0\t7040\t\t0\t2400\t600\t9999\t2\t\t\t\r\n\r\n"
    "30\t0\t3520\t1000\t1175\t60\t7.5\t1"
)


def write(folder: Path, text: str, name: str = "tiny.vrp") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def read(folder: Path, text: str, name: str = "tiny.vrp") -> Instance:
    return load(write(folder, text, name))
