"""From a finished build to what readers see: searched, checked, packed, and switched to in one step.

`publish` says what happens in which order, `releases` what lies where, `audit` what must not go out.
"""
