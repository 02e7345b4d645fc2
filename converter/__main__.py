"""`python -m converter` is `chapbook`."""

from converter.cli import main

if __name__ == "__main__":
    main()
