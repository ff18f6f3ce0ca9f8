"""`python -m belowline.cli`."""

from belowline.cli import main

if __name__ == "__main__":
    main(prog_name="belowline")
