"""`integrator --help` answers without loading pandas, and soon."""

import subprocess
import sys
import time

CODE = """
import sys
sys.argv = ["integrator", "--help"]
try:
    from integrator.cli import main
    main()
except SystemExit:
    pass
heavy = {"pandas", "numpy", "sklearn", "pydantic"} & set(sys.modules)
print(*heavy, file=sys.stderr)
sys.exit(bool(heavy))
"""
times = []
for _ in range(3):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", CODE], check=True, stdout=subprocess.DEVNULL)
    times.append(time.perf_counter() - start)
print(f"help in {min(times):.2f} s")
