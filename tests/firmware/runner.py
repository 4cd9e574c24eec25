"""Run one file's tests: `micropython runner.py FOLDER MODULE`."""

import sys


def run(folder, module):
    sys.path.insert(0, folder)
    tests = __import__(module)
    failures = 0
    for name in sorted(dir(tests)):
        if name.startswith("test_"):
            failures += fails(name, getattr(tests, name))
    return failures


def fails(name, test):
    try:
        test()
    except Exception as error:  # noqa: BLE001
        print("FAILED", name)  # noqa: T201
        sys.print_exception(error)  # type: ignore[attr-defined]
        return 1
    print("passed", name)  # noqa: T201
    return 0


sys.exit(1 if run(sys.argv[1], sys.argv[2]) else 0)
