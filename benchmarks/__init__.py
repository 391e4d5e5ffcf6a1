"""What the program is measured with: one module a task, each called as `python -m benchmarks.NAME DATA...`."""
