"""The benchmarks, one module each; what is put here is found."""
